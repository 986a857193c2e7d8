package dev.postrider.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.testkit.peer.RealPeer;
import dev.postrider.testkit.peer.RealPeer.Software;
import dev.postrider.testkit.postfix.PostfixSettings;
import dev.postrider.testkit.postfix.RealPostfix;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole way, to servers of other hands as they are by default: each email once, octet for
 * octet, and their limits cost nobody an email or a long wait.
 */
@QuarkusTest
class RealPeersTest {
    private static final Pattern QUEUE_ID = Pattern.compile("\\bid (\\w+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private SentMail mail = new SentMail(Api.underTest());

    @BeforeEach
    void logIn() {
        mail =
                new SentMail(
                        Api.underTest()
                                .loggedIn(
                                        TestEnvironment.ADMIN_EMAIL,
                                        TestEnvironment.ADMIN_PASSWORD));
    }

    @AfterEach
    void disconnect() {
        mail.close();
    }

    /** Twelve in a row to nobody: Exim counts to ten, Haraka and others slow down. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOVECOT")
    void eachEmailArrivesOnceAsItWasWrittenBetweenRefusals(Software software) {
        try (var peer = start(software)) {
            var mailbox = mail.connect(RealPeer.USER, smtp(peer, RealPeer.PASSWORD));
            IntFunction<String> to = i -> i % 50 > 37 ? "bad@b.test" : "to" + i + "@b.test";
            var emails = mail.ended(mailbox, mail.send(RealPeer.USER, 2 * SentMail.BATCH, to));

            for (var email : emails) {
                assertOnce(email, isTo("bad@b.test", email) ? "refused" : "sent");
            }
            emails.removeIf(email -> isTo("bad@b.test", email));
            mail.assertDelivered(emails, peer::messages);
            // Haraka, by each connection that was open when it was found out
            assertThat(peer.log().lines().filter(line -> line.contains("pipelined after end of")))
                    .hasSizeLessThan(20);
        }
    }

    /** Neither SMTPUTF8 nor 8BITMIME is any mail server's duty. */
    @Test
    void anAddressThatTheServerCannotTakeIsNamedAndABlindOneKeepsNobodyElseFromTheEmail() {
        try (var peer = start(Software.OPENSMTPD)) {
            var mailbox = mail.connect(RealPeer.USER, smtp(peer, RealPeer.PASSWORD));
            var blind = SentMail.email(RealPeer.USER, List.of("to@b.test"));
            blind.putArray("bcc").add("jörg@b.test");
            var shown = SentMail.email(RealPeer.USER, List.of("to@b.test", "jörg@b.test"));
            var ids = mail.queue(List.of(blind, shown));
            mail.awaitEnd(mailbox);

            assertThat(mail.get(ids.getFirst()).path("state").asText()).isEqualTo("sent");
            assertThat(mail.get(ids.getFirst()).path("recipients").toString()).contains("SMTPUTF8");
            assertThat(mail.get(ids.getLast()).path("state").asText()).isEqualTo("refused");
            assertThat(mail.get(ids.getLast()).path("reason").asText()).contains("jörg@b.test");
        }
    }

    @Test
    void greenMailGetsEachEmailOnceAsItWasWritten() {
        var peer = new GreenMail(ServerSetup.SMTP.dynamicPort());
        peer.setUser(RealPeer.USER, RealPeer.USER, RealPeer.PASSWORD);
        peer.start();
        try {
            var smtp = plain(peer.getSmtp().getPort()).put("password", RealPeer.PASSWORD);
            var mailbox = mail.connect(RealPeer.USER, smtp);
            var emails =
                    mail.ended(
                            mailbox,
                            mail.send(RealPeer.USER, SentMail.BATCH, i -> "to" + i + "@b.test"));
            emails.forEach(email -> assertOnce(email, "sent"));
            mail.assertDelivered(emails, () -> received(peer));
        } finally {
            peer.stop();
        }
    }

    private static List<String> received(GreenMail peer) {
        return List.of(peer.getReceivedMessages()).stream()
                .map(message -> {
                    try (var octets = new ByteArrayOutputStream()) {
                        message.writeTo(octets);
                        return octets.toString(ISO_8859_1);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXIM", "OPENSMTPD"})
    void aServerWithALimitOfMessagesAConnectionGetsAllAtOnce(Software software) {
        // OpenSMTPD has one by itself, of 100
        var limit = software == Software.EXIM ? "smtp_accept_max_per_connection = 20" : "";
        try (var peer = start(software, limit)) {
            var mailbox = mail.connect(RealPeer.USER, smtp(peer, RealPeer.PASSWORD));
            mail.patch(mailbox, "{\"limits\":{\"connections\":1}}");
            var emails =
                    mail.ended(
                            mailbox,
                            mail.send(RealPeer.USER, 2 * SentMail.BATCH, _ -> "to@b.test"));
            emails.forEach(email -> assertOnce(email, "sent"));
            mail.assertDelivered(emails, peer::messages);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENSMTPD")
    void aWrongPasswordIsToldAsSuch(Software software) {
        try (var peer = start(software)) {
            var mailbox = mail.connect(RealPeer.USER, smtp(peer, "jabberwocky"));
            var verified = mail.verify(mailbox);
            assertThat(verified.path("code").asText())
                    .as(verified.toString())
                    .isEqualTo("login_refused");
        }
    }

    @Test
    void dovecotsLimitOfConnectionsAUserRestsNobody() {
        try (var postfix = RealPostfix.start();
                var peer =
                        start(
                                Software.DOVECOT,
                                "submission_relay_port = " + postfix.plainPort(),
                                "mail_max_userip_connections = 2")) {
            var mailbox = mail.connect(RealPeer.USER, smtp(peer, RealPeer.PASSWORD));
            mail.patch(mailbox, "{\"limits\":{\"connections\":8}}");
            var emails =
                    mail.ended(
                            mailbox,
                            mail.send(RealPeer.USER, SentMail.BATCH, _ -> "to@example.test"));
            emails.forEach(email -> assertOnce(email, "sent"));
            mail.assertDelivered(emails, () -> delivered(postfix, "to@example.test"));
        }
    }

    @Test
    void postfixsPatienceWithErrorsCostsNoReply() {
        try (var postfix = postfixAsItIs()) {
            var mailbox = mail.connect(RealPeer.USER, plain(postfix.plainPort()));
            var nobody = "refused@example.test";
            var many = IntStream.range(0, 25).mapToObj(i -> "n" + i + "@elsewhere.test").toList();
            var one = mail.queue(List.of(SentMail.email(RealPeer.USER, many))).getFirst();
            var others =
                    mail.send(
                            RealPeer.USER,
                            SentMail.BATCH,
                            i -> i >= 20 && i < 35 ? nobody : "to@example.test");
            for (var email : mail.ended(mailbox, others)) {
                assertOnce(email, isTo(nobody, email) ? "refused" : "sent");
            }
            assertOnce(mail.get(one), "refused");
            assertThat(mail.get(one).path("recipients"))
                    .hasSize(25)
                    .allMatch(each -> each.path("reply").toString().contains("denied"));
        }
    }

    @Test
    void sixtyMailboxesShareThe50ConnectionsThatPostfixAllowsAHost() {
        try (var postfix = postfixAsItIs()) {
            var senders = IntStream.range(0, 60).mapToObj(i -> "u" + i + "@a.test").toList();
            senders.forEach(sender -> mail.connect(sender, plain(postfix.plainPort())));
            mail.queue(
                    IntStream.range(0, 600)
                            .mapToObj(i ->
                                    SentMail.email(senders.get(i % 60), List.of("to@example.test")))
                            .toList());
            for (var mailbox : mail.mailboxes()) {
                mail.awaitEnd(mailbox);
                assertThat(mail.list(mailbox, "sent")).hasSize(10);
            }
            assertThat(delivered(postfix, "to@example.test")).hasSize(600);
        }
    }

    @Test
    void aRestartInTheMiddleOfABatchLosesAndDoublesNothing() throws Exception {
        try (var postfix = RealPostfix.start()) {
            var mailbox = mail.connect(RealPeer.USER, plain(postfix.plainPort()));
            var to = "to@example.test";
            var sent = mail.send(RealPeer.USER, 3 * SentMail.BATCH, _ -> to);
            postfix.awaitMessages(to, 30, SentMail.SOON);
            postfix.restart();
            var emails = mail.ended(mailbox, sent);

            // Postfix delivers again what the restart cut off: a queue id is what it took
            var delivered =
                    SentMail.ids(
                            List.copyOf(
                                    postfix.messages(to).stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            one -> queueId(one.received()),
                                                            one ->
                                                                    new String(
                                                                            one.bytes(),
                                                                            ISO_8859_1),
                                                            (one, _) -> one))
                                            .values()));
            for (var email : emails) {
                var copies = delivered.stream().filter(SentMail.messageId(email)::equals).count();
                switch (email.path("state").asText()) {
                    case "sent" -> assertThat(copies).as(email.toString()).isEqualTo(1);
                    // its end was on the wire: nobody can know
                    case "unknown" -> assertThat(copies).as(email.toString()).isLessThan(2);
                    default -> throw new AssertionError(email);
                }
            }
        }
    }

    private static RealPeer start(Software software, String... more) {
        software.missing()
                .ifPresent(why -> {
                    System.out.println("Not tried: " + why);
                    Assumptions.abort(why);
                });
        return RealPeer.start(software, more);
    }

    private static RealPostfix postfixAsItIs() {
        return RealPostfix.start(PostfixSettings.ordinary().withLimitsOfItsOwn());
    }

    private static ObjectNode plain(int port) {
        return JSON.createObjectNode()
                .put("host", "127.0.0.1")
                .put("port", port)
                .put("tls", "none");
    }

    private static ObjectNode smtp(RealPeer peer, String password) {
        return peer.software() == Software.OPENSMTPD
                ? plain(peer.port())
                : plain(peer.port())
                        .put("tls", "starttls")
                        .put("ca", peer.certificate())
                        .put("password", password);
    }

    private static boolean isTo(String recipient, JsonNode email) {
        return email.path("to").get(0).asText().equals(recipient);
    }

    private static void assertOnce(JsonNode email, String state) {
        assertThat(email.path("state").asText()).as(email.toString()).isEqualTo(state);
        assertThat(email.path("attempts")).as(email.toString()).hasSize(1);
    }

    private static List<String> delivered(RealPostfix postfix, String recipient) {
        return postfix.messages(recipient).stream()
                .map(message -> new String(message.bytes(), ISO_8859_1))
                .toList();
    }

    private static String queueId(String received) {
        var id = QUEUE_ID.matcher(received);
        assertThat(id.find()).as(received).isTrue();
        return id.group(1);
    }
}
