package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Notify;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.message.Returned;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.TlsDetails;
import dev.postrider.smtp.server.Trust;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.testkit.postfix.PostfixSettings;
import dev.postrider.testkit.postfix.RealPostfix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same sends against Postfix and Dovecot, in each way of sending. */
class SubmissionToPostfixTest {

    private static final String USER = "alice@example.test";
    private static final Credentials PASSWORD = new Credentials.Password(USER, "wonderland");

    private static RealPostfix postfix;
    private static Trust trust;

    @BeforeAll
    static void start() throws IOException {
        postfix = RealPostfix.start(PostfixSettings.ordinary());
        trust = Trust.authority(Files.readString(postfix.certificateAuthority()));
    }

    @AfterAll
    static void stop() {
        postfix.close();
    }

    /** How the client may send, by what it disregards. */
    enum Way {
        CHUNKING,
        PIPELINING,
        LOCKSTEP;

        String[] disregarded() {
            return switch (this) {
                case CHUNKING -> new String[0];
                case PIPELINING -> new String[] {"CHUNKING"};
                case LOCKSTEP -> new String[] {"CHUNKING", "PIPELINING"};
            };
        }
    }

    private static Server server(Way way) {
        return Server.of(postfix.host(), postfix.submissionPort(), Security.STARTTLS)
                .withTrust(trust)
                .withEhloName("client.example.test")
                .disregarding(way.disregarded());
    }

    private static Connection connect(Way way) {
        return Fixtures.connect(server(way), PASSWORD, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Message message(String recipient, String content) {
        return new Message(Envelope.of(USER, recipient), Content.of(utf8(content)));
    }

    private static List<byte[]> delivered(String recipient, int count) throws InterruptedException {
        return postfix.awaitMessages(recipient, count, Duration.ofSeconds(30)).stream()
                .map(message -> message.asSent())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentIsWhatArrives(Way way) throws InterruptedException {
        String recipient = "arrives-" + way + "@example.test";
        var contents =
                List.of(
                        "Subject: one\r\n\r\nhello\r\n",
                        "Subject: dots\r\n\r\n.\r\n..\r\n.one\r\n\r\n.\r\n",
                        "Subject: eight bit\r\n\r\ngrüße 例 😀\r\n",
                        "Subject: long\r\n\r\n" + (".".repeat(70) + "\r\n").repeat(5000));
        var messages = contents.stream().map(content -> message(recipient, content)).toList();
        try (var connection = connect(way)) {
            assertThat(connection.send(messages, SendOptions.STANDARD.withDepth(4)))
                    .allMatch(result -> settled(result).accepted());
        }
        assertThat(delivered(recipient, contents.size()))
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(contents);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamArrivesLikeAnythingElse(Way way) throws InterruptedException {
        String recipient = "stream-" + way + "@example.test";
        String content = "Subject: stream\r\n\r\n" + ("." + "x".repeat(60) + "\r\n").repeat(10_000);
        byte[] octets = utf8(content);
        var stream =
                new Content.Stream(octets.length, false, () -> new ByteArrayInputStream(octets));
        try (var connection = connect(way)) {
            assertThat(
                            settled(
                                            connection.send(
                                                    new Message(
                                                            Envelope.of(USER, recipient), stream)))
                                    .accepted())
                    .isTrue();
        }
        assertThat(delivered(recipient, 1)).singleElement().isEqualTo(octets);
    }

    @ParameterizedTest
    @EnumSource
    void everyRecipientAndEveryMessageHasItsOwnOutcome(Way way) throws InterruptedException {
        String recipient = "outcome-" + way + "@example.test";
        String hi = "Subject: hi\r\n\r\nhi\r\n";
        var mixed =
                new Message(
                        Envelope.of(
                                USER, "refused@example.test", recipient, "deferred@example.test"),
                        Content.of(utf8(hi)));
        var messages =
                List.of(
                        message("refused@example.test", hi),
                        mixed,
                        message(recipient, "Subject: [refuse]\r\n\r\nno\r\n"),
                        message("deferred@example.test", hi),
                        message(recipient, "Subject: [defer]\r\n\r\nlater\r\n"),
                        message(recipient, hi));
        try (var connection = connect(way)) {
            List<Result> results = connection.send(messages, SendOptions.STANDARD.withDepth(6));
            assertThat(results)
                    .map(SubmissionToPostfixTest::codes)
                    .containsExactly(
                            "RCPT 550 5.1.1",
                            "RCPT 550 5.1.1, END_OF_DATA 250 2.0.0, RCPT 450 4.2.1",
                            "END_OF_DATA 550 5.7.1",
                            "RCPT 450 4.2.1",
                            "END_OF_DATA 451 4.7.1",
                            "END_OF_DATA 250 2.0.0");
            assertThat(connection.isAlive()).isTrue();
        }
        assertThat(delivered(recipient, 2)).hasSize(2);
    }

    private static String codes(Result result) {
        var codes = new ArrayList<String>();
        for (RecipientResult recipient : settled(result).recipients()) {
            codes.add(
                    recipient.stage()
                            + " "
                            + recipient.reply().code()
                            + " "
                            + recipient.reply().enhanced());
        }
        return String.join(", ", codes);
    }

    @ParameterizedTest
    @EnumSource
    void aHundredMessagesArriveOverOneConnection(Way way) throws InterruptedException {
        String recipient = "hundred-" + way + "@example.test";
        var messages = new ArrayList<Message>();
        for (int i = 0; i < 100; i++) {
            messages.add(message(recipient, "Subject: " + i + "\r\n\r\n" + "x".repeat(i) + "\r\n"));
        }
        try (var connection = connect(way)) {
            assertThat(connection.send(messages, SendOptions.STANDARD.withDepth(10)))
                    .allMatch(result -> settled(result).accepted());
        }
        assertThat(delivered(recipient, 100)).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource
    void internationalAddressesAndNotificationsAreTaken(Way way) throws InterruptedException {
        String address = "用户-" + way + "@example.test";
        var recipient = new Recipient(address, Set.of(Notify.NEVER), address);
        var envelope =
                new Envelope(USER, List.of(recipient), true, false, Returned.HEADERS, "id+1");
        try (var connection = connect(way)) {
            Result result =
                    connection.send(
                            new Message(
                                    envelope, Content.of(utf8("Subject: für 用户\r\n\r\nhi\r\n"))));
            assertThat(settled(result).accepted()).isTrue();
        }
        assertThat(delivered(address, 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "PLAIN", "LOGIN"})
    void eachPasswordMechanismLogsInAndIsRefused(String mechanism) {
        var others = new ArrayList<>(List.of("AUTH SCRAM-SHA-256", "AUTH PLAIN", "AUTH LOGIN"));
        others.remove("AUTH " + mechanism);
        Server server = server(Way.CHUNKING).disregarding(others.toArray(String[]::new));
        try (var connection = Fixtures.connect(server, PASSWORD, null)) {
            assertThat(connection.session().mechanism()).isEqualTo(mechanism);
        }
        assertThat(Fixtures.failure(server, new Credentials.Password(USER, "looking-glass")))
                .isInstanceOfSatisfying(
                        Opening.LoginRefused.class,
                        refused -> {
                            assertThat(refused.mechanism()).isEqualTo(mechanism);
                            assertThat(refused.reply().code()).isEqualTo(535);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void eachTokenMechanismLogsInAndIsRefused(String mechanism) {
        String other = mechanism.equals("XOAUTH2") ? "AUTH OAUTHBEARER" : "AUTH XOAUTH2";
        Server server = server(Way.CHUNKING).disregarding(other);
        Credentials good = new Credentials.Token(USER, () -> postfix.accessToken(USER));
        try (var connection = Fixtures.connect(server, good, null)) {
            assertThat(connection.session().mechanism()).isEqualTo(mechanism);
        }
        Credentials expired = new Credentials.Token(USER, () -> postfix.expiredAccessToken(USER));
        assertThat(Fixtures.failure(server, expired)).isInstanceOf(Opening.LoginRefused.class);
    }

    @Test
    void theStrongestMechanismIsChosen() {
        try (var connection = connect(Way.CHUNKING)) {
            assertThat(connection.session().mechanism()).isEqualTo("SCRAM-SHA-256");
        }
    }

    @Test
    void implicitTlsWorksAndASecondConnectionResumesTheFirst() {
        Server server =
                Server.of(postfix.host(), postfix.implicitTlsPort(), Security.IMPLICIT_TLS)
                        .withTrust(trust);
        try (var first = Fixtures.connect(server, PASSWORD, null);
                var second = Fixtures.connect(server, PASSWORD, null)) {
            TlsDetails tls = Objects.requireNonNull(first.session().tls());
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.names()).contains("localhost");
            assertThat(Objects.requireNonNull(second.session().tls()).resumed()).isTrue();
        }
    }

    @Test
    void aMessageBeyondTheAnnouncedSizeIsNotSent() {
        try (var connection = connect(Way.CHUNKING)) {
            long limit = connection.session().capabilities().maxSize();
            assertThat(limit).isEqualTo(10_240_000);
            var tooLarge =
                    new Content.Stream(
                            limit + 1, false, () -> new ByteArrayInputStream(new byte[0]));
            assertThat(connection.send(new Message(Envelope.of(USER, "a@example.test"), tooLarge)))
                    .isEqualTo(new Result.NotBegun(new Cause.TooLarge(limit + 1, limit)));
        }
    }

    @Test
    void aServerThatGoesDownLeavesMessagesThatCanBeToldApart() {
        try (var own = RealPostfix.start()) {
            Server server = Server.of(own.host(), own.plainPort(), Security.NONE);
            var connection = Fixtures.connect(server, new Credentials.None(), null);
            own.stop();
            assertThat(connection.send(message("a@example.test", "Subject: x\r\n\r\nx\r\n")))
                    .isNotInstanceOf(Result.Settled.class);
            assertThat(Fixtures.failure(server, new Credentials.None()))
                    .isInstanceOfSatisfying(
                            Opening.Unreachable.class,
                            unreachable ->
                                    assertThat(unreachable.trouble()).isEqualTo(Trouble.REFUSED));
        }
    }
}
