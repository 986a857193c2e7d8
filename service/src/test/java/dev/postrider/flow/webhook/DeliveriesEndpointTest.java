package dev.postrider.flow.webhook;

import static dev.postrider.http.Api.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way over HTTP: a sandbox mailbox sends, an endpoint answers, somebody looks. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login and one told email are enough
final class DeliveriesEndpointTest {
    private final Database database;
    private final Listener listener = Listener.start();
    private Api api = Api.underTest();
    private String mailbox = "";
    private String email = "";
    private String event = "";
    private String webhook = "";

    @Inject
    DeliveriesEndpointTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    void anEmailIsTold() throws InterruptedException {
        api = api.loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        listener.says(404, "<script>alert(1)</script>".getBytes(UTF_8));
        mailbox =
                id(
                        api.post(
                                "/mailboxes",
                                "{\"address\": \"told@a.example\", \"provider\": \"sandbox\"}"));
        webhook =
                "/webhooks/"
                        + id(
                                api.post(
                                        "/webhooks",
                                        "{\"endpoint\": \"%s\", \"events\": [\"email.sent\"]}"
                                                .formatted(listener.url())));
        email =
                id(
                        api.post(
                                "/emails",
                                "{\"from\": \"told@a.example\", \"to\": \"bob@b.example\","
                                        + " \"subject\": \"Invoice 17\", \"text\": \"Hello\"}"));
        event = listener.next().header("webhook-id");
        // before it has answered, it would answer otherwise
        Awaitility.await().until(() -> !delivery().path("attempts").isEmpty());
        listener.answers(200);
    }

    @AfterAll
    void removeAll() {
        api.delete(webhook);
        api.delete("/mailboxes/" + mailbox + "?force=true");
        listener.close();
    }

    @Test
    void aListSaysWhatWasToldOfWhat() {
        var list = api.get(webhook + "/deliveries?email_id=" + email).json();
        assertThat(list.path("has_more").asBoolean(true)).isFalse();
        var delivery = list.path("data").get(0);
        assertThat(delivery.path("id").asText()).isEqualTo(event);
        assertThat(delivery.path("type").asText()).isEqualTo("email.sent");
        assertThat(delivery.path("about").asText()).isEqualTo("Invoice 17");
        assertThat(delivery.has("request")).isFalse();
        assertThat(api.get(webhook + "/deliveries?state=failed").json().path("data")).isEmpty();
        assertThat(
                        api.get(
                                        webhook
                                                + "/deliveries?created_after="
                                                + Instant.now().plusSeconds(9))
                                .json()
                                .path("data"))
                .isEmpty();
    }

    @Test
    void oneShowsTheRequestAndEachAnswer() {
        var delivery = delivery();
        var request = delivery.path("request");
        assertThat(request.path("url").asText()).isEqualTo(listener.url());
        assertThat(request.path("headers").path("webhook-id").asText()).isEqualTo(event);
        assertThat(request.path("body").path("data").path("subject").asText())
                .isEqualTo("Invoice 17");
        assertThat(request.path("headers").toString()).doesNotContain("signature");
        var attempt = delivery.path("attempts").get(0);
        assertThat(attempt.path("status").asInt()).isEqualTo(404);
        assertThat(attempt.path("answer").asText()).isEqualTo("<script>alert(1)</script>");
        assertThat(attempt.path("error").asText()).isEqualTo("The endpoint answered 404.");
        assertThat(attempt.path("duration_ms").asLong(-1)).isBetween(0L, 15_000L);
    }

    @Test
    void whoeverSeesAnEmailSeesWhoWasToldOfIt() {
        var told = api.get("/emails/" + email + "/deliveries").json().path("data").get(0);
        assertThat(told.path("id").asText()).isEqualTo(event);
        assertThat(told.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(told.toString()).doesNotContain("/hooks?of=postrider");
        assertProblem(api.get("/emails/" + UUID.randomUUID() + "/deliveries"), 404, "not_found");
    }

    @Test
    void oneAndATimeSpanAreToldAgain() throws InterruptedException {
        var again = api.post(webhook + "/deliveries/" + event + "/replay", "");
        assertThat(again.json().path("replayed").asInt()).as(again.text()).isOne();
        assertThat(listener.next().header("webhook-id")).isEqualTo(event);

        var span =
                "{\"created_after\": \"%s\", \"states\": [\"delivered\", \"pending\", \"failed\"]}";
        var all = api.post(webhook + "/replay", span.formatted(Instant.now().minusSeconds(600)));
        assertThat(all.json().path("replayed").asInt()).as(all.text()).isBetween(0, 1);
        assertThat(
                        api.post(webhook + "/replay", span.formatted(Instant.now().plusSeconds(5)))
                                .json()
                                .path("replayed")
                                .asInt(-1))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=asleep             | state",
                "type=email.failed        | type",
                "type=nothing&state=x     | state type",
                "email_id=1               | email_id",
                "created_after=yesterday  | created_after",
                "limit=0&created_before=1 | limit created_before"
            })
    void whatIsWrongWithAFilterIsNamed(String query, String fields) {
        var answer = api.get(webhook + "/deliveries?" + query);
        assertProblem(answer, 422, "invalid_input");
        assertFields(answer, fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | created_after",
                "{'created_after': 'now', 'states': ['x'], 'types': ['y']}     | created_after states types",
                "{'created_after': '2026-01-02T00:00:00Z', 'created_before': '2026-01-01T00:00:00Z'} | created_before"
            })
    void whatIsWrongWithATimeSpanIsNamed(String body, String fields) {
        var answer = api.post(webhook + "/replay", body.replace('\'', '"'));
        assertProblem(answer, 422, "invalid_input");
        assertFields(answer, fields);
    }

    private static void assertFields(Answer answer, String fields) {
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void moreThanFitIntoATransactionAreNotToldAgain() {
        fill(Deliveries.MOST_REPLAYED + 1);
        var answer =
                api.post(
                        webhook + "/replay",
                        "{\"created_after\": \"1970-01-01T00:00:00Z\","
                                + " \"created_before\": \"1970-01-03T00:00:00Z\"}");
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.text()).contains("100,000").contains("shorter");
        database.inTransaction(handle ->
                handle.execute(
                        "delete from delivery where event_id < '00000002-0000-0000-0000-000000000000'"));
    }

    /** Failed ones of the first days of 1970. */
    private void fill(int count) {
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into delivery (workspace_id, webhook_id, event_id, state)
                    select workspace_id, id, cast(lpad(to_hex(i), 12, '0') || repeat('0', 20) as uuid), 'failed'
                    from webhook
                    cross join generate_series(1, ?) as i
                    where id = ?
                    """,
                    count,
                    UUID.fromString(webhook.substring("/webhooks/".length())));
            return handle.execute(
                    """
                    insert into event (workspace_id, id, type, data)
                    select workspace_id, event_id, 'email.sent', '{}'
                    from delivery
                    where event_id < '00000002-0000-0000-0000-000000000000'
                    """);
        });
    }

    @Test
    void aDisabledWebhookIsToldNothingAgain() {
        api.patch(webhook, "{\"status\": \"disabled\"}");
        try {
            assertProblem(
                    api.post(webhook + "/deliveries/" + event + "/replay", ""), 409, "conflict");
            assertProblem(
                    api.post(webhook + "/replay", "{\"created_after\": \"2026-01-01T00:00:00Z\"}"),
                    409,
                    "conflict");
        } finally {
            api.patch(webhook, "{\"status\": \"enabled\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "1-1-1-1-1", "ann"})
    void anEventThatItWasNotToldIsNotFound(String id) {
        assertProblem(api.get(webhook + "/deliveries/" + id), 404, "not_found");
        assertProblem(api.post(webhook + "/deliveries/" + id + "/replay", ""), 404, "not_found");
    }

    @Test
    void aSecretIsRotatedAndTheOneBeforeEnded() {
        var rotated = api.post(webhook + "/secret", "");
        assertThat(rotated.json().path("signing_secret").asText())
                .as(rotated.text())
                .startsWith("whsec_");
        var until = rotated.json().path("previous_secret_expires_at").asText();
        assertThat(Instant.parse(until)).isAfter(Instant.now().plusSeconds(86_000));
        assertThat(api.get(webhook).json().path("previous_secret_expires_at").asText())
                .isEqualTo(until);

        var ended = api.delete(webhook + "/secret/previous");
        assertThat(ended.json().path("previous_secret_expires_at").isNull()).isTrue();
        assertProblem(api.delete(webhook + "/secret/previous"), 404, "not_found");

        var own = "whsec_" + "QUJD".repeat(8);
        var chosen =
                api.post(
                        webhook + "/secret",
                        "{\"signing_secret\": \"%s\", \"previous_valid_for\": 0}".formatted(own));
        assertThat(chosen.json().path("signing_secret").asText()).isEqualTo(own);
        assertThat(chosen.json().path("previous_secret_expires_at").isNull()).isTrue();
    }

    @Test
    void aWeakSecretAndALongOverlapAreRefused() {
        for (var body :
                Map.of(
                                "{\"signing_secret\": \"whsec_QUJD\"}", "signing_secret",
                                "{\"previous_valid_for\": 604801}", "previous_valid_for",
                                "{\"previous_valid_for\": \"1\"}", "previous_valid_for")
                        .entrySet()) {
            var answer = api.post(webhook + "/secret", body.getKey());
            assertProblem(answer, 422, "invalid_input");
            assertFields(answer, body.getValue());
            assertThat(answer.text()).doesNotContain("QUJD");
        }
    }

    private JsonNode delivery() {
        return api.get(webhook + "/deliveries/" + event).json();
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.text()).isIn(200, 201);
        return made.json().path("id").asText();
    }
}
