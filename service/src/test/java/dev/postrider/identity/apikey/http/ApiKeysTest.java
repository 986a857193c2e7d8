package dev.postrider.identity.apikey.http;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(listed.path("user_email").asText()).isEqualTo(TestEnvironment.ADMIN_EMAIL);
        assertThat(emails.api().get("/api-keys/" + id).json()).isEqualTo(listed);
    }

    @Test
    void aKeyOfOneMailboxNamesItsAddress() {
        var made = make("'name':'one','mailbox_id':'" + emails.mailbox() + "'").json();
        var key = emails.api().get("/api-keys/" + made.path("id").asText()).json();
        assertThat(key.path("mailbox_address").asText()).isEqualTo("keys@example.org");
        assertThat(key.path("mailbox_id").asText()).isEqualTo(emails.mailbox());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'domain_id':'4dd369bc-aa82-4ff3-97de-514ae3000ee0'",
                "'domainId':'x'",
                "'mailboxId':'x'",
                "'allowed_ips':['192.0.2.1']",
                "'expires_at':'2027-01-01T00:00:00Z'",
                "'scopes':[]",
                "'Permission':'sending_access'"
            })
    void aRestrictionThatCannotBeHonouredIsRefused(String field) {
        var answer = make("'name':'n','permission':'sending_access'," + field);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("field").asText())
                .isEqualTo(field.split("'", -1)[1]);
        assertThat(make("'name':'n','domain_id':null").status()).isEqualTo(201);
    }

    @Test
    void aKeyIsRenamedAndItsPermissionChanged() {
        var made = make("'name':'before'");
        var id = made.json().path("id").asText();
        var path = "/api-keys/" + id;
        var key = with(made.json().path("token").asText());
        var renamed = patch(path, "{'id':'" + id + "','name':'after'}");
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(renamed.json().path("object").asText()).isEqualTo("api_key");
        assertThat(renamed.json().path("id").asText()).isEqualTo(id);
        assertThat(key.get("/emails").status()).isEqualTo(200);

        assertThat(patch(path, "{'permission':'sending_access'}").status()).isEqualTo(200);
        assertProblem(key.get("/emails"), 401, "restricted_api_key");
        var listed = emails.api().get("/api-keys").json().path("data").get(0);
        assertThat(listed.path("name").asText()).isEqualTo("after");
        assertThat(listed.path("permission").asText()).isEqualTo("sending_access");

        assertThat(patch(path, "{'per_second':7}").status()).isEqualTo(200);
        var slowed = emails.api().get(path).json();
        assertThat(slowed.path("per_second").asInt()).isEqualTo(7);
        assertThat(slowed.path("permission").asText()).isEqualTo("sending_access");
        for (var bad : new String[] {"0", "100001", "'many'", "1.5"}) {
            assertThat(patch(path, "{'per_second':" + bad + "}").status()).as(bad).isEqualTo(422);
        }
        assertThat(patch(path, "{'name':'','domain_id':'x'}").json().path("errors")).hasSize(2);
        assertThat(patch("/api-keys/00000000-0000-7000-8000-000000000000", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void aKeyBecomesNoUser() {
        var key = with(make("'name':'admin'").json().path("token").asText());
        var me = key.get("/me").json().path("id").asText();
        var password = "{'current_password':'a','new_password':'wrong horses'}";
        assertProblem(key.post("/me/password", json(password)), 401, "restricted_api_key");
        assertProblem(key.post("/users", json("{'email':'x@y'}")), 401, "restricted_api_key");
        assertProblem(key.post("/users/" + me + "/password-ticket", ""), 401, "restricted_api_key");
        assertProblem(key.delete("/users/" + me), 401, "restricted_api_key");
        assertThat(key.get("/users").status()).isEqualTo(200);
    }

    @Test
    void theListGoesOnInBothDirections() {
        make("'name':'first'");
        make("'name':'second'");
        var newest = make("'name':'third'").json().path("id").asText();
        var page = emails.api().get("/api-keys?limit=1").json();
        assertThat(page.path("data").get(0).path("id").asText()).isEqualTo(newest);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        var next = emails.api().get("/api-keys?limit=1&after=" + newest).json().path("data").get(0);
        assertThat(next.path("name").asText()).isEqualTo("second");
        var back = emails.api().get("/api-keys?before=" + next.path("id").asText()).json();
        assertThat(back.path("data")).hasSize(1);
        assertThat(back.path("data").get(0).path("id").asText()).isEqualTo(newest);
        assertThat(emails.api().get("/api-keys?after=x&limit=0").json().path("errors")).hasSize(2);
    }

    @Test
    void whatIsShownOnceIsKeptByNoCache() {
        assertThat(make("'name':'n'").header("Cache-Control")).isEqualTo("no-store");
    }

    private static Answer patch(String path, String body) {
        return emails.api().patch(path, json(body));
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
