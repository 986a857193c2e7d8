package dev.postrider.testkit.postfix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RealPostfixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALICE = "alice@example.test";
    private static final String HELLO =
            "From: alice@example.test\r\nBcc: hidden@example.test\r\nSubject: Grüße\r\n\r\nHello\r\n";

    private static RealPostfix postfix;

    @BeforeAll
    static void start() {
        postfix = RealPostfix.start();
    }

    @AfterAll
    static void stop() {
        postfix.close();
    }

    @Test
    void deliversOverStartTlsAfterALogin() throws Exception {
        try (var client = Dialogue.startTls(postfix).login(ALICE, "wonderland")) {
            assertThat(client.send(ALICE, "starttls@example.test", HELLO)).startsWith("250 2.0.0");
        }

        var message = postfix.awaitMessages("starttls@example.test", 1, PATIENCE).getFirst();
        assertThat(message.sender()).isEqualTo(ALICE);
        assertThat(message.received())
                .contains("using TLSv1.3")
                .contains("(Authenticated sender: alice@example.test)");
    }

    @Test
    void deliversOverImplicitTlsAfterALogin() throws Exception {
        try (var client = Dialogue.implicitTls(postfix).login(ALICE, "wonderland")) {
            client.send(ALICE, "implicit@example.test", HELLO);
        }

        assertThat(postfix.awaitMessages("implicit@example.test", 1, PATIENCE)).hasSize(1);
    }

    @Test
    void deliversWhatWasSentByteForByte() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            client.send("", "bytes@example.test", HELLO);
        }

        var message = postfix.awaitMessages("bytes@example.test", 1, PATIENCE).getFirst();
        assertThat(new String(message.asSent(), UTF_8)).isEqualTo(HELLO);
        assertThat(message.sender()).isEmpty();
        assertThat(message.text()).startsWith("Return-Path: <>\n").endsWith("\n\nHello\n");
    }

    @Test
    void keepsMessagesOfOneAddressInOrderAndApartFromOthers() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            client.send("", "order@example.test", "Subject: 1\r\n");
            postfix.awaitMessages("order@example.test", 1, PATIENCE);
            client.send("", "other@example.test", "Subject: other\r\n");
            client.send("", "order@example.test", "Subject: 2\r\n");
        }

        assertThat(postfix.awaitMessages("order@example.test", 2, PATIENCE))
                .extracting(message -> new String(message.asSent(), UTF_8))
                .containsExactly("Subject: 1\r\n", "Subject: 2\r\n");
        assertThat(postfix.messages("nobody@example.test")).isEmpty();
    }

    @Test
    void deliversToEachRecipientApart() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            client.say("MAIL FROM:<>");
            client.say("RCPT TO:<one@example.test>");
            client.say("RCPT TO:<two@example.test>");
            client.say("DATA");
            client.say("Subject: both\r\n.");
        }

        assertThat(postfix.awaitMessages("one@example.test", 1, PATIENCE)).hasSize(1);
        assertThat(postfix.awaitMessages("two@example.test", 1, PATIENCE)).hasSize(1);
    }

    @Test
    void deliversToAnyDomainForAUserButOnlyToItsOwnForAStranger() throws Exception {
        try (var client = Dialogue.startTls(postfix).login(ALICE, "wonderland")) {
            client.send(ALICE, "someone@elsewhere.test", HELLO);
        }
        postfix.awaitMessages("someone@elsewhere.test", 1, PATIENCE);

        try (var stranger = Dialogue.plain(postfix)) {
            assertThat(stranger.send("", "someone@elsewhere.test", HELLO)).startsWith("554 5.7.1");
        }
    }

    @Test
    void saysWhatCameInsteadWhenMessagesStayAway() {
        assertThatThrownBy(() -> postfix.awaitMessages("nobody@example.test", 1, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 of 1 messages for nobody@example.test")
                .hasMessageContaining("daemon started");
    }

    @Test
    void requiresTlsAndThenALogin() throws Exception {
        try (var client = Dialogue.startTls(postfix)) {
            assertThat(client.send(ALICE, "bob@example.test", HELLO)).startsWith("554 5.7.1");
        }
        try (var client = Dialogue.unencrypted(postfix, postfix.submissionPort())) {
            assertThat(client.say("EHLO client.test")).doesNotContain("AUTH");
            assertThat(client.say("MAIL FROM:<>")).startsWith("530 5.7.0");
        }
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (var client = Dialogue.startTls(postfix)) {
            assertThat(client.loginReply(ALICE, "guess")).startsWith("535 5.7.8");
            assertThat(client.loginReply(ALICE, "wonderland")).startsWith("235 2.7.0");
        }
    }

    @Test
    void takesAnAccessTokenUntilItExpires() throws Exception {
        try (var client = Dialogue.startTls(postfix)) {
            assertThat(client.say(xoauth2(postfix.expiredAccessToken(ALICE)))).startsWith("334 ");
            assertThat(client.say("")).startsWith("535 5.7.8");
            assertThat(client.say(xoauth2(postfix.accessToken(ALICE)))).startsWith("235 2.7.0");
        }
    }

    @Test
    void refusesAndDefersAtRcpt() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            client.say("MAIL FROM:<>");
            assertThat(client.say("RCPT TO:<refused@example.test>")).startsWith("550 5.1.1");
            assertThat(client.say("RCPT TO:<deferred@example.test>")).startsWith("450 4.2.1");
            assertThat(client.say("RCPT TO:<bob@example.test>")).startsWith("250 2.1.5");
        }
    }

    @Test
    void refusesAndDefersAfterTheEndOfData() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            assertThat(client.send("", "bob@example.test", "Subject: [refuse]\r\n"))
                    .startsWith("550 5.7.1");
            assertThat(client.send("", "bob@example.test", "Subject: [defer]\r\n"))
                    .startsWith("451 4.7.1");
        }
    }

    @Test
    void refusesABareLineFeed() throws Exception {
        try (var client = Dialogue.plain(postfix)) {
            assertThat(client.send("", "bob@example.test", "Subject: one\nX-Two: two\r\n"))
                    .startsWith("550 5.5.2");
        }
    }

    @Test
    void announcesEveryExtensionThatPostriderUses() throws Exception {
        try (var client = Dialogue.startTls(postfix)) {
            assertThat(client.say("EHLO client.test").lines().map(line -> line.substring(4)))
                    .contains(
                            "PIPELINING",
                            "SIZE 10240000",
                            "AUTH PLAIN LOGIN SCRAM-SHA-256 XOAUTH2 OAUTHBEARER",
                            "ENHANCEDSTATUSCODES",
                            "8BITMIME",
                            "DSN",
                            "SMTPUTF8",
                            "CHUNKING");
        }
    }

    @Test
    void followsItsSettings() throws Exception {
        var settings =
                PostfixSettings.ordinary()
                        .withUser("bob", "pass:wörd")
                        .withMessageSizeLimit(2000)
                        .without("CHUNKING", "PIPELINING")
                        .withSendersMatchingLogin();
        try (var strict = RealPostfix.start(settings);
                var client = Dialogue.startTls(strict).login("bob", "pass:wörd")) {
            assertThat(client.say("EHLO client.test"))
                    .contains("SIZE 2000")
                    .doesNotContain("CHUNKING")
                    .doesNotContain("PIPELINING");
            assertThat(client.send(ALICE, "x@example.test", HELLO)).startsWith("553 5.7.1");
            client.say("RSET");
            assertThat(client.say("MAIL FROM:<bob@example.test> SIZE=3000"))
                    .startsWith("552 5.3.4");
        }
    }

    @Test
    void showsACertificateForAnotherHost() {
        var settings = PostfixSettings.ordinary().withCertificateFor("elsewhere.test");
        try (var wrong = RealPostfix.start(settings)) {
            assertThatThrownBy(() -> Dialogue.startTls(wrong))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("No subject alternative DNS name matching localhost");
        }
    }

    private static String xoauth2(String token) {
        var response = "user=" + ALICE + "\u0001auth=Bearer " + token + "\u0001\u0001";
        return "AUTH XOAUTH2 " + Dialogue.base64(response);
    }
}
