package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GmailSendTest {
    private static final String ADA = "ada@example.com";
    private static final String HELLO =
            """
            From: Ada <ada@example.com>\r
            To: Bob <bob@example.com>\r
            Bcc: eve@example.com\r
            Subject: Hello\r
            Message-ID: <ours@example.com>\r
            X-Attempt: 1\r
            \r
            Grüße
            """;

    private FakeGoogle google;
    private GoogleClient client;
    private String token;

    @BeforeEach
    void connect() throws Exception {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
        token = client.accessToken(ADA, "gmail.send");
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void aMessageIsInSentWithAnIdOfGmailsOwn() throws Exception {
        Answer answer = client.send(token, HELLO);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "threadId", "labelIds");
        assertThat(answer.json().path("labelIds").path(0).asText()).isEqualTo("SENT");
        StoredMessage sent = google.sent(ADA).getFirst();
        assertThat(sent.id()).isEqualTo(answer.text("id"));
        assertThat(sent.messageId()).endsWith("@mail.gmail.com>");
        assertThat(sent.fields().get("X-Attempt")).contains("1");
        assertThat(sent.fields().get("Bcc")).contains("eve@example.com");
        assertThat(new String(sent.fields().body(), StandardCharsets.UTF_8)).isEqualTo("Grüße\n");
        assertThat(google.accepted().of(ADA)).isEqualTo(1);
        assertThat(google.accepted().with("X-Attempt", "1")).isEqualTo(1);
    }

    @Test
    void recipientsDontSeeBcc() throws Exception {
        google.account("bob@example.com");
        client.send(token, HELLO);
        assertThat(google.mailboxes().inbox(google.account("bob@example.com"))).hasSize(1);
        for (String address : new String[] {"bob@example.com", "eve@example.com"}) {
            StoredMessage copy = google.mailboxes().delivered(address).getFirst();
            assertThat(copy.fields().get("Bcc")).isEmpty();
            assertThat(copy.messageId()).isEqualTo(google.sent(ADA).getFirst().messageId());
        }
        google.switches().turn(GoogleSwitch.DROPS_BCC, false);
        client.send(token, HELLO);
        assertThat(google.mailboxes().delivered("bob@example.com").getLast().fields().get("Bcc"))
                .isPresent();
    }

    @Test
    void fromIsTheUsersOwnOrOneOfItsOthers() throws Exception {
        client.send(token, HELLO.replace("ada@", "boss@"));
        assertThat(google.sent(ADA).getLast().fields().get("From")).contains(ADA);
        google.account(ADA).mayAlsoSendAs("boss@example.com");
        client.send(token, HELLO.replace("ada@", "boss@"));
        assertThat(google.sent(ADA).getLast().fields().get("From"))
                .contains("Ada <boss@example.com>");
    }

    @Test
    void whatCantBeSentIsRefused() throws Exception {
        assertRefused(client.send(token, "Subject: none\r\n\r\n"), 400, "invalidArgument");
        assertRefused(client.send(token, HELLO.replace("bob@", "bob at ")), 400, "invalidArgument");
        assertRefused(client.send(token, "no header"), 400, "badRequest");
        assertRefused(client.send(token, ""), 400, "badRequest");
        assertRefused(client.send(token, HELLO, "abcdef"), 404, "notFound");
        google.limits().set(GoogleLimit.RECIPIENTS, 1);
        assertRefused(client.send(token, HELLO), 400, "invalidArgument");
        google.limits().set(GoogleLimit.JSON_OCTETS, 100);
        assertRefused(client.send(token, HELLO), 413, "uploadTooLarge");
        assertThat(google.accepted().total()).isZero();
    }

    @Test
    void whoMayNotSendIsTold() throws Exception {
        String signIn = client.accessToken(ADA, "openid email");
        assertRefused(client.send(signIn, HELLO), 403, "insufficientPermissions");
        assertThat(client.send(signIn, HELLO).json().toString())
                .contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        assertRefused(client.send("unknown", HELLO), 401, "authError");
        google.app().enableApi(false);
        assertRefused(client.send(token, HELLO), 403, "accessNotConfigured");
        google.app().enableApi(true);
        google.account(ADA).disableApps(true);
        assertRefused(client.send(token, HELLO), 403, "domainPolicy");
        google.account(ADA).disableApps(false).withoutMail();
        assertThat(client.send(token, HELLO).message()).isEqualTo("Mail service not enabled");
        google.clock().advance(Duration.ofHours(1));
        assertRefused(client.send(token, HELLO), 401, "authError");
    }

    @Test
    void aMinuteHasSixtyMessages() throws Exception {
        google.clock().standStill(google.clock().instant());
        for (int i = 0; i < 60; i++) {
            assertThat(client.send(token, HELLO).status()).isEqualTo(200);
        }
        assertRefused(client.send(token, HELLO), 429, "rateLimitExceeded");
        google.switches().turn(GoogleSwitch.QUOTA_AS_403, true);
        assertRefused(client.send(token, HELLO), 403, "rateLimitExceeded");
        google.clock().advance(Duration.ofMinutes(1));
        assertThat(client.send(token, HELLO).status()).isEqualTo(200);
    }

    @Test
    void theDaysLimitNamesWhenItIsOver() throws Exception {
        google.limits().set(GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE, 1);
        google.clock().standStill(google.clock().instant());
        client.send(token, HELLO);
        Answer answer = client.send(token, HELLO);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.message())
                .matches("User-rate limit exceeded\\.  Retry after [-0-9T:.]+Z \\(Mail sending\\)");
        google.clock().advance(Duration.ofDays(1));
        String later = client.accessToken(ADA, "gmail.send");
        assertThat(client.send(later, HELLO).status()).isEqualTo(200);
    }

    @Test
    void aReplyIsInItsThreadWhenItNamesItAndKeepsTheSubject() throws Exception {
        String thread = client.send(token, HELLO).text("threadId");
        Answer reply = client.send(token, HELLO.replace("Hello", "Re: Hello"), thread);
        assertThat(reply.text("threadId")).isEqualTo(thread);
        Answer other = client.send(token, HELLO.replace("Hello", "Bye"), thread);
        assertThat(other.text("threadId")).isNotEqualTo(thread);
        google.switches().turn(GoogleSwitch.THREADS_NEED_REFERENCES, true);
        assertThat(client.send(token, HELLO, thread).text("threadId")).isNotEqualTo(thread);
    }

    @Test
    void anAnswerThatIsLostCountsAsAccepted() throws Exception {
        google.faults()
                .next(
                        GoogleEndpoint.SEND,
                        Fault.acceptThenReset(),
                        Fault.halfAnswer(),
                        Fault.acceptThenAnswer(GoogleError.GATEWAY_TIMEOUT.response()));
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThat(google.accepted().total()).isEqualTo(1);
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThat(google.accepted().total()).isEqualTo(2);
        assertThat(client.send(token, HELLO).status()).isEqualTo(504);
        assertThat(google.accepted().with("X-Attempt", "1")).isEqualTo(3);
    }

    @Test
    void whatIsResetBeforeItIsAcceptedDoesntCount() throws Exception {
        google.faults()
                .next(
                        GoogleEndpoint.SEND,
                        Fault.resetBeforeBody(),
                        Fault.resetAfterBody(),
                        Fault.html(502),
                        Fault.megabyte(200),
                        Fault.answer(GoogleError.AUTH.response()));
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThat(client.send(token, HELLO).response().headers().firstValue("content-type"))
                .contains("text/html; charset=UTF-8");
        assertThat(client.send(token, HELLO).response().body()).hasSizeGreaterThan(1024 * 1024);
        assertThat(client.send(token, HELLO).status()).isEqualTo(401);
        assertThat(google.accepted().total()).isZero();
        assertThat(client.send(token, HELLO).status()).isEqualTo(200);
    }

    @Test
    void aFaultCanMeetOneAccountOnly() throws Exception {
        String other = client.accessToken("bob@example.com", "gmail.send");
        google.faults().always(GoogleEndpoint.SEND, google.of(ADA), Fault.html(503));
        assertThat(client.send(other, HELLO).status()).isEqualTo(200);
        assertThat(client.send(token, HELLO).status()).isEqualTo(503);
        assertThat(client.send(token, HELLO).status()).isEqualTo(503);
        google.faults().clear();
        assertThat(client.send(token, HELLO).status()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
    }
}
