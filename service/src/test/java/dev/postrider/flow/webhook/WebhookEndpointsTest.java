package dev.postrider.flow.webhook;

import static dev.postrider.http.Api.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class WebhookEndpointsTest {
    private Api api = Api.underTest();

    @BeforeAll
    void logIn() {
        api = api.loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
    }

    @AfterEach
    void removeAll() {
        for (var webhook : api.get("/webhooks").json().path("data")) {
            assertThat(api.delete("/webhooks/" + webhook.path("id").asText()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aWebhookShowsItsSecretOnce() {
        var answer = create("http://127.0.0.1:9/hook", "email.sent", "email.bounced");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("object", "id", "signing_secret");
        assertThat(answer.json().path("object").asText()).isEqualTo("webhook");
        var secret = answer.json().path("signing_secret").asText();
        assertThat(secret).startsWith("whsec_");
        var path = "/webhooks/" + answer.json().path("id").asText();
        assertThat(answer.header("Location")).endsWith(path);
        var webhook = api.get(path);
        assertThat(webhook.json().path("endpoint").asText()).isEqualTo("http://127.0.0.1:9/hook");
        assertThat(webhook.json().path("events"))
                .extracting(event -> event.asText())
                .containsExactly("email.sent", "email.bounced");
        assertThat(webhook.json().path("status").asText()).isEqualTo("enabled");
        assertThat(webhook.json().path("created_at").asText()).endsWith("Z");
        var list = api.get("/webhooks");
        assertThat(list.json().path("object").asText()).isEqualTo("list");
        assertThat(list.json().path("has_more").asBoolean(true)).isFalse();
        assertThat(list.json().path("data").get(0)).isEqualTo(webhook.json());
        assertThat(list.text() + webhook.text()).doesNotContain(secret.substring(6));
    }

    @Test
    void itMayBeMadeDisabledAndNameEventsThatAreNeverToldHere() {
        var answer =
                api.post(
                        "/webhooks",
                        "{\"endpoint\": \"http://127.0.0.1:9/hook\", \"status\": \"disabled\","
                                + " \"events\": [\"email.delivered\", \"contact.created\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var webhook = api.get("/webhooks/" + answer.json().path("id").asText()).json();
        assertThat(webhook.path("status").asText()).isEqualTo("disabled");
        assertThat(webhook.path("events")).hasSize(2);
    }

    @Test
    void aListHasPages() {
        var older = created("http://127.0.0.1:9/older");
        var newer = created("http://127.0.0.1:9/newer");
        var first = api.get("/webhooks?limit=1").json();
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(newer).endsWith(first.path("data").get(0).path("id").asText());
        var second = api.get("/webhooks?limit=1&after=" + newer.substring(10)).json();
        assertThat(second.path("has_more").asBoolean(true)).isFalse();
        assertThat(older).endsWith(second.path("data").get(0).path("id").asText());
        var back = api.get("/webhooks?before=" + older.substring(10)).json();
        assertThat(back.path("data")).hasSize(1);
        assertProblem(api.get("/webhooks?limit=0"), 422, "invalid_input");
    }

    @Test
    void itChangesWhatIsGivenAndKeepsTheRest() {
        var path = created("http://127.0.0.1:9/hook");
        var changed = patch(path, "{\"status\": \"disabled\", \"id\": \"ignored\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("status").asText()).isEqualTo("disabled");
        assertThat(changed.json().path("endpoint").asText()).isEqualTo("http://127.0.0.1:9/hook");
        patch(path, "{\"endpoint\": \"http://127.0.0.1:9/b\", \"events\": [\"email.failed\"]}");
        assertThat(api.get(path).json().path("endpoint").asText())
                .isEqualTo("http://127.0.0.1:9/b");
        assertThat(api.get(path).json().path("events").get(0).asText()).isEqualTo("email.failed");
        assertThat(api.get(path).json().path("status").asText()).isEqualTo("disabled");
    }

    @Test
    void aRemovedWebhookIsGone() {
        var path = created("http://127.0.0.1:9/hook");
        var removed = api.delete(path);
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json().path("object").asText()).isEqualTo("webhook");
        assertThat(removed.json().path("deleted").asBoolean()).isTrue();
        assertProblem(api.get(path), 404, "not_found");
        assertProblem(api.delete(path), 404, "not_found");
        assertProblem(patch(path, "{}"), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | endpoint events",
                "{'endpoint': 1, 'events': []}                               | endpoint events",
                "{'endpoint': 'ftp://a.example', 'events': 'email.sent'}     | endpoint events",
                "{'endpoint': 'https://10.1.2.3', 'events': ['email.sent']}  | endpoint",
                "{'endpoint': 'http://192.0.1.1', 'events': ['email.sent']}  | endpoint",
                "{'endpoint': 'https://127.0.0.1', 'events': ['email.opened', 1]} | events",
                "{'endpoint': 'https://a.invalid', 'events': ['email.sent']} | endpoint",
            })
    void badInputIsNamed(String body, String fields) {
        var answer = api.post("/webhooks", body.replace('\'', '"'));
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void aChangeIsCheckedLikeANewOne() {
        var path = created("http://127.0.0.1:9/hook");
        var answer = patch(path, "{\"endpoint\": \"no\", \"events\": [], \"status\": \"asleep\"}");
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors")).hasSize(3);
        assertProblem(patch(path, "[]"), 422, "malformed_body");
    }

    @Test
    void aWorkspaceHasTwentyAtMost() {
        for (var i = 0; i < 20; i++) {
            created("http://127.0.0.1:9/" + i);
        }
        assertProblem(create("http://127.0.0.1:9/more", "email.sent"), 409, "conflict");
        assertThat(api.get("/webhooks").json().path("data")).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "1-1-1-1-1", "ann", "%00"})
    void anIdThatIsNoWebhookIsNotFound(String id) {
        assertProblem(api.get("/webhooks/" + id), 404, "not_found");
        assertProblem(api.delete("/webhooks/" + id), 404, "not_found");
        assertProblem(patch("/webhooks/" + id, "{}"), 404, "not_found");
    }

    @Test
    void whoHasNoTokenGetsNothing() {
        var anyone = Api.underTest();
        var path = "/webhooks/" + UUID.randomUUID();
        assertProblem(anyone.get("/webhooks"), 401, "missing_token");
        assertProblem(anyone.get(path), 401, "missing_token");
        assertProblem(anyone.delete(path), 401, "missing_token");
        assertProblem(anyone.post("/webhooks", "{}"), 401, "missing_token");
    }

    @Test
    void theApiDescribesEachOperationAndItsErrors() {
        var paths = api.get("/openapi.json").json().path("paths");
        var operations =
                List.of(
                        paths.path("/webhooks").path("post"),
                        paths.path("/webhooks").path("get"),
                        paths.path("/webhooks/{id}").path("get"),
                        paths.path("/webhooks/{id}").path("patch"),
                        paths.path("/webhooks/{id}").path("delete"));
        assertThat(operations)
                .allSatisfy(operation -> {
                    assertThat(operation.path("summary").asText()).isNotEmpty();
                    for (var status : List.of("401", "403")) {
                        assertThat(operation.path("responses").has(status)).isTrue();
                    }
                });
    }

    /** The whole way: a sandbox mailbox sends, the application is told. */
    @Test
    void whatBecomesOfAnEmailIsTold() throws InterruptedException {
        var mailbox =
                api.post(
                                "/mailboxes",
                                "{\"address\": \"hook@a.example\", \"provider\": \"sandbox\"}")
                        .json()
                        .path("id")
                        .asText();
        try (var listener = Listener.start()) {
            var created = create(listener.url(), "email.sent").json();
            var email =
                    api.post(
                                    "/emails",
                                    "{\"from\": \"hook@a.example\", \"to\": \"bob@b.example\","
                                            + " \"subject\": \"Hej\", \"text\": \"Hello\","
                                            + " \"headers\": {\"X-Order\": \"17\"}}")
                            .json()
                            .path("id")
                            .asText();
            var call = listener.next();
            assertThat(call.json().path("type").asText()).isEqualTo("email.sent");
            var data = call.json().path("data");
            assertThat(data.path("email_id").asText()).isEqualTo(email);
            assertThat(data.path("from").asText()).isEqualTo("hook@a.example");
            assertThat(data.path("to").get(0).asText()).isEqualTo("bob@b.example");
            assertThat(data.path("subject").asText()).isEqualTo("Hej");
            assertThat(data.path("headers"))
                    .hasToString("[{\"name\":\"X-Order\",\"value\":\"17\"}]");
            assertThat(data.path("message_id").asText()).matches("<.+@.+>");
            assertThat(Instant.parse(data.path("created_at").asText())).isBefore(Instant.now());
            var at = Instant.ofEpochSecond(Long.parseLong(call.header("svix-timestamp")));
            assertThat(call.header("svix-signature"))
                    .isEqualTo(
                            new SigningSecret(created.path("signing_secret").asText())
                                    .sign(call.header("svix-id"), at, call.body().getBytes(UTF_8)));
        } finally {
            api.delete("/mailboxes/" + mailbox + "?force=true");
        }
    }

    private Answer create(String endpoint, String... events) {
        return api.post(
                "/webhooks",
                "{\"endpoint\": \"%s\", \"events\": [\"%s\"]}"
                        .formatted(endpoint, String.join("\", \"", events)));
    }

    private String created(String endpoint) {
        return "/webhooks/" + create(endpoint, "email.sent").json().path("id").asText();
    }

    private Answer patch(String path, String body) {
        return api.patch(path, body);
    }
}
