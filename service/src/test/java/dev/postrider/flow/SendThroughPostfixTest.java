package dev.postrider.flow;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.testkit.postfix.RealPostfix;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way of one email, to a real Postfix with SASL, and every answer of the route's table.
 */
@QuarkusTest
class SendThroughPostfixTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = "alice@example.test";

    private static RealPostfix postfix;
    private static Api api;

    private String mailbox = "";

    @BeforeAll
    static void start() {
        postfix = RealPostfix.start();
        api = Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
    }

    @AfterAll
    static void stop() {
        postfix.close();
    }

    @AfterEach
    void disconnect() {
        if (!mailbox.isEmpty()) {
            assertThat(api.delete("/mailboxes/" + mailbox + "?force=true").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "implicit"})
    void anEmailArrivesAsItWasWritten(String tls) throws Exception {
        connect(tls, "wonderland", true);
        var subject = "Grüße, 你好 und 🎉: " + "lang".repeat(40);
        var text = ".\n..\n.dot first\nGrüße 🎉\n" + "x".repeat(3_000) + "\n\nFrom here\n";
        var recipient = tls + "@example.test";

        var answer = send("\"Grüße, Empfänger\" <" + recipient + ">", subject, text);

        assertThat(answer.json().path("status").asText()).isEqualTo("Email sent successfully");
        assertThat(answer.status()).isEqualTo(200);
        var delivered = postfix.awaitMessages(recipient, 1, PATIENCE).getFirst();
        var message = parse(delivered.bytes());
        assertThat(message.getSubject()).isEqualTo(subject);
        assertThat(message.getFrom().getFirst().getAddress()).isEqualTo(USER);
        assertThat(message.getFrom().getFirst().getName()).isEqualTo("Alice Ä. Liddell");
        assertThat(message.getTo().flatten().getFirst().getName()).isEqualTo("Grüße, Empfänger");
        assertThat(message.getMessageId())
                .isEqualTo("<" + answer.json().path("id").asText() + "@example.test>");
        assertThat(text(message)).isEqualTo(text);
        assertThat(delivered.sender()).isEqualTo(USER);
        assertThat(delivered.received())
                .contains("TLSv1.3")
                .contains("Authenticated sender: " + USER);
    }

    @Test
    void aWrongPasswordHoldsTheMailboxAndKeepsNothing() throws Exception {
        connect("starttls", "jabberwocky", true);

        var refused = send("bob@example.test", "Refused", "…");

        assertProblem(refused, 409, "mailbox_needs_attention");
        assertThat(refused.json().path("detail").asText()).contains("535 5.7.8");
        assertThat(refused.text()).doesNotContain("jabberwocky");
        var held = api.get("/mailboxes/" + mailbox).json();
        assertThat(held.path("state").asText()).isEqualTo("held");
        assertThat(held.path("reason").asText()).contains("535");

        // the next one isn't even tried
        assertProblem(send("bob@example.test", "Refused", "…"), 409, "mailbox_needs_attention");
        assertThat(postfix.messages("bob@example.test")).isEmpty();
    }

    @Test
    void verifyingShowsWhatTheServerCanDo() throws Exception {
        connect("starttls", "wonderland", true);

        var answer = api.post("/mailboxes/" + mailbox + "/verify", "").json();

        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.path("problem").isNull()).isTrue();
        var server = answer.path("server");
        assertThat(server.path("tls").path("version").asText()).isEqualTo("TLSv1.3");
        assertThat(server.path("tls").path("names").toString()).contains("localhost");
        assertThat(server.path("extensions").toString()).contains("PIPELINING", "CHUNKING");
        assertThat(server.path("size_limit").asLong()).isPositive();
        assertThat(server.path("login_mechanism").asText()).isNotEmpty();
    }

    @Test
    void verifyingAWrongPasswordHoldsTheMailboxAndSaysWhy() throws Exception {
        connect("starttls", "jabberwocky", true);

        var answer = api.post("/mailboxes/" + mailbox + "/verify", "").json();

        assertThat(answer.path("ok").asBoolean()).isFalse();
        assertThat(answer.path("code").asText()).isEqualTo("login_refused");
        assertThat(answer.path("problem").asText()).contains("535 5.7.8");
        assertThat(api.get("/mailboxes/" + mailbox).json().path("state").asText())
                .isEqualTo("held");
    }

    @Test
    void newCredentialsLetAHeldMailboxSendAgain() throws Exception {
        connect("starttls", "jabberwocky", true);
        assertProblem(send("again@example.test", "Refused", "…"), 409, "mailbox_needs_attention");

        var patched =
                api.patch("/mailboxes/" + mailbox, "{\"smtp\":{\"password\":\"wonderland\"}}");

        assertThat(patched.json().path("state").asText()).isEqualTo("active");
        assertThat(send("again@example.test", "Now", "…").status()).isEqualTo(200);
        assertThat(postfix.awaitMessages("again@example.test", 1, PATIENCE)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refused@example.test  | Hello    | 422 | recipient_refused | 550 5.1.1",
                "taken@example.test    | [refuse] | 422 | message_refused   | 550 5.7.1"
            })
    void aRefusalIsQuoted(String to, String subject, int status, String code, String reply)
            throws Exception {
        connect("starttls", "wonderland", true);

        var answer = send(to, subject, "…");

        assertProblem(answer, status, code);
        assertThat(answer.json().path("detail").asText()).contains(reply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deferred@example.test | Hello   | 450 4.2.1",
                "later@example.test    | [defer] | 451 4.7.1"
            })
    void aDeferralIsKeptForLater(String to, String subject, String reply) throws Exception {
        connect("starttls", "wonderland", true);

        var answer = send(to, subject, "…");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("id").asText()).isNotEmpty();
        assertThat(answer.json().path("reason").asText()).contains(reply);
    }

    @Test
    void anUntrustedCertificateIsABrokenServer() throws Exception {
        connect("starttls", "wonderland", false);

        var answer = send("bob@example.test", "Untrusted", "…");

        assertProblem(answer, 502, "mail_server_broken");
        assertThat(answer.json().path("detail").asText()).contains("certificate");
    }

    @Test
    void aServerThatIsDownIsTriedAgainLater() throws Exception {
        connect("starttls", "wonderland", true);
        postfix.stop();
        try {
            var answer = send("down@example.test", "Down", "…");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("reason").asText()).isNotEmpty();
        } finally {
            postfix.restart();
        }
    }

    @Test
    void atALimitCallersAreToldWhenToComeBack() throws Exception {
        connect("starttls", "wonderland", true);
        var mailbox = api.get("/mailboxes").json().path("data").get(0).path("id").asText();
        var limited = api.patch("/mailboxes/" + mailbox, "{\"limits\":{\"messages_per_day\":1}}");
        assertThat(limited.status()).isEqualTo(200);
        assertThat(send("first@example.test", "First", "…").status()).isEqualTo(200);

        // the mailbox rests at the latest when it was to send the second
        send("second@example.test", "Second", "…");

        var third = send("third@example.test", "Third", "…");
        assertProblem(third, 429, "limit_reached");
        assertThat(Long.parseLong(third.header("Retry-After"))).isBetween(80_000L, 86_460L);
    }

    @Test
    void whoDoesNotWaitIsToldSoAndTheEmailIsSent() throws Exception {
        connect("starttls", "wonderland", true);

        var answer =
                api.send(
                        api.request("/smtp/send-email")
                                .header("Content-Type", "application/json")
                                .header("Prefer", "wait=0")
                                .POST(
                                        BodyPublishers.ofString(
                                                request("nowait@example.test", "Soon", "…"))));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(postfix.awaitMessages("nowait@example.test", 1, PATIENCE)).hasSize(1);
        // a lane goes in order: when the next one is answered, this one is settled
        assertThat(send("next@example.test", "Next", "…").status()).isEqualTo(200);
    }

    @Test
    void aUserWithoutAMailboxIsToldToConnectOne() throws Exception {
        var answer = send("bob@example.test", "Nobody", "…");

        assertProblem(answer, 404, "no_mailbox");
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("No email or password found. Please connect your account with SMTP.");
    }

    private void connect(String tls, String password, boolean pinned) throws IOException {
        var isImplicit = tls.equals("implicit");
        ObjectNode smtp =
                JSON.createObjectNode()
                        .put("host", "localhost")
                        .put(
                                "port",
                                isImplicit ? postfix.implicitTlsPort() : postfix.submissionPort())
                        .put("tls", tls)
                        .put("username", USER)
                        .put("password", password);
        if (pinned) {
            smtp.put("ca", Files.readString(postfix.certificateAuthority()));
        }
        var request =
                JSON.createObjectNode()
                        .put("address", USER)
                        .put("display_name", "Alice Ä. Liddell")
                        .put("provider", "smtp")
                        .set("smtp", smtp);
        var answer = api.post("/mailboxes", request.toString());
        assertThat(answer.text()).doesNotContain(password);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        mailbox = answer.json().path("id").asText();
    }

    private static Answer send(String to, String subject, String text) {
        return api.post("/smtp/send-email", request(to, subject, text));
    }

    private static String request(String to, String subject, String text) {
        return JSON.createObjectNode()
                .put("to", to)
                .put("subject", subject)
                .put("message", text)
                .toString();
    }

    private static Message parse(byte[] bytes) throws IOException {
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(bytes));
    }

    private static String text(Message message) throws IOException {
        try (var reader = ((TextBody) message.getBody()).getReader()) {
            var text = new StringWriter();
            reader.transferTo(text);
            return text.toString().replace("\r\n", "\n");
        }
    }
}
