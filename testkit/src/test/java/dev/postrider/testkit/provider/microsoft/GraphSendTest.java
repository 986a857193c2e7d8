package dev.postrider.testkit.provider.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GraphSendTest {
    private static final String ADA = "ada@example.com";
    private static final String HELLO =
            """
            From: Boss <boss@example.com>\r
            To: Bob <bob@example.com>\r
            Bcc: eve@example.com\r
            Subject: Hello\r
            Message-ID: <ours@example.com>\r
            X-Attempt: 1\r
            \r
            Grüße
            """;

    private FakeMicrosoft microsoft;
    private MicrosoftClient client;
    private String token;

    @BeforeEach
    void connect() throws Exception {
        microsoft = FakeMicrosoft.start();
        client = MicrosoftClient.of(microsoft);
        token = client.accessToken(ADA, MicrosoftClient.SEND);
    }

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void aMessageIsAcceptedWithoutAWord() throws Exception {
        Answer answer = client.send(token, HELLO);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.response().body()).isEmpty();
        assertThat(answer.response().headers().firstValue("request-id")).isPresent();
        StoredMessage sent = microsoft.sent(ADA).getFirst();
        assertThat(sent.messageId()).isEqualTo("<ours@example.com>");
        assertThat(sent.fields().get("From")).contains(ADA);
        assertThat(sent.fields().get("X-Attempt")).contains("1");
        assertThat(new String(sent.fields().body(), StandardCharsets.UTF_8)).isEqualTo("Grüße\n");
        assertThat(microsoft.accepted().of(ADA)).isEqualTo(1);
        assertThat(microsoft.accepted().with("X-Attempt", "1")).isEqualTo(1);
    }

    @Test
    void theMessageIdMayBeReplacedAndTheRestStays() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        client.send(token, HELLO);
        StoredMessage sent = microsoft.sent(ADA).getFirst();
        assertThat(sent.messageId()).endsWith("OUTLOOK.COM>");
        assertThat(sent.fields().get("X-Attempt")).contains("1");
    }

    @Test
    void recipientsDontSeeBcc() throws Exception {
        microsoft.account("bob@example.com");
        client.send(token, HELLO);
        assertThat(microsoft.mailboxes().inbox(microsoft.account("bob@example.com"))).hasSize(1);
        for (String address : List.of("bob@example.com", "eve@example.com")) {
            assertThat(microsoft.mailboxes().delivered(address).getFirst().fields().get("Bcc"))
                    .isEmpty();
        }
        assertThat(microsoft.sent(ADA).getFirst().fields().get("Bcc")).isPresent();
    }

    @Test
    void theBodyIsBase64AndNothingElse() throws Exception {
        assertRefused(raw(HELLO.getBytes(StandardCharsets.UTF_8)), GraphError.INVALID_BASE64);
        assertRefused(raw("\"QUJD\"".getBytes(StandardCharsets.UTF_8)), GraphError.INVALID_BASE64);
        assertRefused(client.send(token, "no header"), GraphError.INVALID_BASE64);
        assertRefused(client.send(token, "Subject: none\r\n\r\n"), GraphError.INVALID_RECIPIENTS);
        assertThat(microsoft.accepted().total()).isZero();
    }

    private Answer raw(byte[] body) throws IOException, InterruptedException {
        return client.http().post("/v1.0/me/sendMail", token, "text/plain", body);
    }

    @Test
    void fourMegabytesAreTooMuch() throws Exception {
        String large = HELLO + "x".repeat(3 * 1024 * 1024 + 1024);
        assertRefused(client.send(token, large), GraphError.REQUEST_TOO_LARGE);
        microsoft.switches().turn(MicrosoftSwitch.TOO_LARGE_IS_413, false);
        assertRefused(client.send(token, large), GraphError.TOO_LARGE_400);
        assertThat(client.send(token, HELLO + "x".repeat(3_000_000)).status()).isEqualTo(202);
    }

    @Test
    void whoMayNotSendIsTold() throws Exception {
        assertRefused(client.send("unknown", HELLO), GraphError.TOKEN);
        String profile = client.accessToken(ADA, "openid User.Read");
        assertRefused(client.send(profile, HELLO), GraphError.ACCESS_DENIED);
        MicrosoftUser ada = microsoft.account(ADA);
        ada.withMail(MicrosoftUser.Mail.NONE);
        assertRefused(client.send(token, HELLO), GraphError.ACCESS_DENIED);
        ada.withMail(MicrosoftUser.Mail.ON_PREMISES);
        assertRefused(client.send(token, HELLO), GraphError.NOT_HOSTED);
        ada.withMail(MicrosoftUser.Mail.NOT_ENABLED);
        assertRefused(client.send(token, HELLO), GraphError.NOT_ENABLED);
        ada.withMail(MicrosoftUser.Mail.FULL);
        assertRefused(client.send(token, HELLO), GraphError.MAILBOX_FULL);
        ada.withMail(MicrosoftUser.Mail.BLOCKED);
        assertRefused(client.send(token, HELLO), GraphError.BLOCKED);
        assertThat(microsoft.accepted().total()).isZero();
    }

    @Test
    void meSaysWhoItIsAndWhetherThereIsMail() throws Exception {
        microsoft.account(ADA).signsInAs("ada@corp.example");
        Answer me = client.http().get("/v1.0/me", token);
        assertThat(me.text("mail")).isEqualTo(ADA);
        assertThat(me.text("userPrincipalName")).isEqualTo("ada@corp.example");
        microsoft.account(ADA).withMail(MicrosoftUser.Mail.NONE);
        assertThat(client.http().get("/v1.0/me", token).json().path("mail").isNull()).isTrue();
    }

    @Test
    void aMinuteHasThirtyMessages() throws Exception {
        microsoft.clock().standStill(microsoft.clock().instant());
        for (int i = 0; i < 30; i++) {
            assertThat(client.send(token, HELLO).status()).isEqualTo(202);
        }
        Answer answer = client.send(token, HELLO);
        assertRefused(answer, GraphError.CONCURRENCY);
        assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
        microsoft.clock().advance(Duration.ofMinutes(1));
        assertThat(client.send(token, HELLO).status()).isEqualTo(202);
        microsoft.limits().set(MicrosoftLimit.RECIPIENTS_A_DAY, 10);
        assertRefused(client.send(token, HELLO), GraphError.DAILY_LIMIT);
    }

    @Test
    void fourAreSentAtOnce() throws Exception {
        microsoft.limits().set(MicrosoftLimit.SEND_MILLIS, 300);
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                answers.add(threads.submit(() -> client.send(token, HELLO)));
            }
        }
        int accepted = 0;
        for (Future<Answer> answer : answers) {
            if (answer.get().status() == 202) {
                accepted++;
            } else {
                assertRefused(answer.get(), GraphError.CONCURRENCY);
            }
        }
        assertThat(accepted).isBetween(4, 9);
        assertThat(microsoft.accepted().total()).isEqualTo(accepted);
    }

    @Test
    void anAnswerThatIsLostCountsAsAccepted() throws Exception {
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.SEND_MAIL,
                        Fault.acceptThenReset(),
                        Fault.acceptThenAnswer(GraphError.GATEWAY_TIMEOUT.response()),
                        Fault.resetBeforeBody(),
                        Fault.answer(GraphError.BUSY.retryAfter(Duration.ofSeconds(7))));
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThat(client.send(token, HELLO).status()).isEqualTo(504);
        assertThat(microsoft.accepted().with("X-Attempt", "1")).isEqualTo(2);
        assertThatThrownBy(() -> client.send(token, HELLO)).isInstanceOf(IOException.class);
        assertThat(client.send(token, HELLO).response().headers().firstValue("retry-after"))
                .contains("7");
        assertThat(microsoft.accepted().total()).isEqualTo(2);
    }

    @Test
    void aReportAboutABadRecipientComesLater() throws Exception {
        microsoft.mailboxes().bounce("bob@example.com");
        assertThat(client.send(token, HELLO).status()).isEqualTo(202);
        StoredMessage report = microsoft.mailboxes().inbox(microsoft.account(ADA)).getFirst();
        assertThat(report.subject()).isEqualTo("Undeliverable: Hello");
        assertThat(report.at()).isAfter(microsoft.clock().instant());
        assertThat(new String(report.octets(), StandardCharsets.UTF_8)).contains("5.1.10");
        assertThat(microsoft.mailboxes().delivered("bob@example.com")).isEmpty();
    }

    private static void assertRefused(Answer answer, GraphError error) {
        assertThat(answer.json().path("error").path("code").asText()).isEqualTo(error.code());
        assertThat(answer.status()).isEqualTo(error.status());
    }
}
