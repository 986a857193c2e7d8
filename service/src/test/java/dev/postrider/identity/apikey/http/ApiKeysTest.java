package dev.postrider.identity.apikey.http;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API keys, from their making to their end. */
@QuarkusTest
class ApiKeysTest {
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("keys@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void aKeyIsShownOnceAndActsForItsMaker() {
        var made = make("'name':'crm'");
        var token = made.json().path("token").asText();
        var id = made.json().path("id").asText();
        assertThat(token).startsWith("pr_");

        var kept = with(token).post("/emails", emails.email());
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(with(token).get("/mailboxes").status()).isEqualTo(200);

        var listed = emails.api().get("/api-keys").json().path("data").get(0);
        assertThat(listed.path("id").asText()).isEqualTo(id);
        assertThat(listed.path("name").asText()).isEqualTo("crm");
        assertThat(listed.path("permission").asText()).isEqualTo("full_access");
        assertThat(listed.path("last_used_at").isTextual()).isTrue();
        assertThat(listed.toString()).doesNotContain(token);
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        var made = make("'name':'short'");
        var token = made.json().path("token").asText();
        assertThat(with(token).get("/emails").status()).isEqualTo(200);

        var deleted = emails.api().delete("/api-keys/" + made.json().path("id").asText());
        assertThat(deleted.json().path("deleted").asBoolean()).isTrue();

        assertProblem(with(token).get("/emails"), 403, "invalid_api_key");
        assertThat(emails.api().delete("/api-keys/" + made.json().path("id").asText()).status())
                .isEqualTo(404);
    }

    @Test
    void aKeyThatSendsDoesNothingElse() {
        var token = make("'name':'s','permission':'sending_access'").json().path("token").asText();

        var kept = with(token).post("/emails", emails.email());
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        for (var path :
                new String[] {
                    "/emails",
                    "/mailboxes",
                    "/api-keys",
                    "/emails/" + kept.json().path("id").asText()
                }) {
            assertProblem(with(token).get(path), 401, "restricted_api_key");
        }
    }

    @Test
    void aKeyForOneMailboxUsesNoOther() {
        try (var other = new EmailApi("other-keys@example.org")) {
            var token =
                    make("'name':'one','mailbox_id':'" + emails.mailbox() + "'")
                            .json()
                            .path("token")
                            .asText();
            var foreign = other.kept(other.email());

            assertThat(with(token).post("/emails", emails.email()).status()).isEqualTo(200);
            assertProblem(with(token).post("/emails", other.email()), 403, "invalid_from_address");
            assertThat(with(token).get("/emails/" + foreign).status()).isEqualTo(404);
            assertThat(with(token).get("/emails?limit=100").text()).doesNotContain(foreign);
            assertProblem(with(token).get("/mailboxes"), 401, "restricted_api_key");
            assertProblem(
                    with(token).post("/api-keys", json("{'name':'more'}")),
                    401,
                    "restricted_api_key");
        }
    }

    @Test
    void anUnknownKeyIsRefusedAsOne() {
        assertProblem(with("re_unknown").get("/emails"), 403, "invalid_api_key");
    }

    @Test
    void tooManyRequestsASecondAreToldInWholeNumbers() {
        var token = make("'name':'slow','per_second':1").json().path("token").asText();
        Answer answer;
        do {
            answer = with(token).get("/emails?limit=1");
            assertThat(answer.header("ratelimit-limit")).isEqualTo("1");
            assertThat(answer.header("ratelimit-remaining")).matches("[0-9]+");
            assertThat(answer.header("ratelimit-reset")).matches("[0-9]+");
        } while (answer.status() == 200);

        assertProblem(answer, 429, "rate_limit_exceeded");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void whatIsWrongWithANewKeyIsNamed() {
        var answer = make("'permission':'all','per_second':0,'mailbox_id':'x'");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder("name", "permission", "per_second", "mailbox_id");
        assertThat(make("'name':'n','mailbox_id':'00000000-0000-7000-8000-000000000000'").status())
                .isEqualTo(422);
        assertThat(make("'name':'" + "n".repeat(51) + "'").status()).isEqualTo(422);
    }

    private static Answer make(String fields) {
        return emails.api().post("/api-keys", json("{" + fields + "}"));
    }

    private static Api with(String token) {
        return Api.underTest().with(token);
    }

    private static void assertProblem(Answer answer, int status, String name) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("name").asText()).isEqualTo(name);
    }
}
