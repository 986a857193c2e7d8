package dev.postrider.mailbox.connect.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class ConnectLinksTest {
    private static final String PASSWORD = "eine lange Leiter";
    private static final String NOBODY = "019a8f5e-7c1b-7000-8000-000000000000";

    private final Users users;
    private final Database database;
    private final UUID workspace = NewId.get();
    private Api owner = Api.underTest();
    private Api ann = Api.underTest();
    private Api bob = Api.underTest();

    @Inject
    ConnectLinksTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void tenants() {
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'Acme')", workspace));
        owner = user("owner", Role.OWNER);
        ann = user("ann", Role.MEMBER);
        bob = user("bob", Role.MEMBER);
    }

    @Test
    void isMadeForWhoeverAsks() {
        var answer = ann.post("/connect-links", "{}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var link = answer.json();
        assertThat(link.path("url").asText())
                .matches(Api.publicUrl() + "/connect/prc_[A-Za-z0-9_-]{43}");
        assertThat(answer.header("Location"))
                .endsWith("/connect-links/" + link.path("id").asText());
        assertThat(link.path("status").asText()).isEqualTo("open");
        assertThat(link.path("tier").asText()).isEqualTo("send");
        assertThat(link.path("user_id").asText()).isEqualTo(id(ann));
        assertThat(lifetime(link)).isEqualTo(Duration.ofHours(1));
    }

    /** Whoever reads the database, a list or a log has no use of it. */
    @Test
    void tellsItsTokenOnceAndKeepsItHashed() {
        var link = made(ann, "{}");
        var token = link.path("url").asText().replaceFirst(".*/", "");
        assertThat(ann.get("/connect-links/" + link.path("id").asText()).text())
                .doesNotContain(token, "\"url\"");
        assertThat(ann.get("/connect-links").text()).doesNotContain(token, "\"url\"");
        var rows =
                database.read(handle ->
                        handle.select("select cast(connect_link as text) as row from connect_link")
                                .mapTo(String.class)
                                .list());
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(token));
        var list = ann.with(token).get("/emails");
        assertProblem(list, 401, "invalid_token");
    }

    @Test
    void handsBackAllThatItWasAskedFor() {
        allow("https://crm.example.com/mail");
        var link =
                made(
                        owner,
                        """
                        {"external_id": "crm-4711", "address": "Ann@Example.org", "tier": "settle",
                         "providers": ["smtp"], "state": "x=1&y", "expires_in": 60,
                         "return_url": "https://crm.example.com/mail/done?tab=2"}
                        """);
        assertThat(link.path("external_id").asText()).isEqualTo("crm-4711");
        assertThat(link.path("address").asText()).isEqualToIgnoringCase("ann@example.org");
        assertThat(link.path("tier").asText()).isEqualTo("settle");
        assertThat(link.path("providers").toString()).isEqualTo("[\"smtp\"]");
        assertThat(link.path("state").asText()).isEqualTo("x=1&y");
        assertThat(link.path("return_url").asText())
                .isEqualTo("https://crm.example.com/mail/done?tab=2");
        assertThat(lifetime(link)).isEqualTo(Duration.ofMinutes(1));
        var again = owner.get("/connect-links/" + link.path("id").asText()).json();
        assertThat(again.path("external_id").asText()).isEqualTo("crm-4711");
    }

    @Test
    void anApplicationsUserIsMadeOnceAndHasNoLogin() {
        var first = made(owner, "{\"external_id\": \"crm-1\"}");
        var second = made(owner, "{\"external_id\": \"crm-1\"}");
        var other = made(owner, "{\"external_id\": \"crm-2\"}");
        assertThat(second.path("user_id")).isEqualTo(first.path("user_id"));
        assertThat(other.path("user_id")).isNotEqualTo(first.path("user_id"));
        var user = owner.get("/users/" + first.path("user_id").asText()).json();
        assertThat(user.path("external_id").asText()).isEqualTo("crm-1");
        assertThat(user.has("email")).isFalse();
        assertThat(user.path("role").asText()).isEqualTo("member");
        assertThat(user.path("has_password").asBoolean()).isFalse();
        var found = owner.get("/users?external_id=crm-1").json().path("data");
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).isEqualTo(user);
        assertThat(owner.get("/users?external_id=crm-9").json().path("data")).isEmpty();
        assertProblem(
                owner.post("/users/" + first.path("user_id").asText() + "/password-ticket", "{}"),
                409,
                "conflict");
    }

    /** The same name in another workspace is another user. */
    @Test
    void anApplicationsUserIsItsWorkspacesOwn() {
        var here = made(owner, "{\"external_id\": \"crm-1\"}");
        var admin =
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        var there = made(admin, "{\"external_id\": \"crm-1\"}");
        assertThat(there.path("user_id")).isNotEqualTo(here.path("user_id"));
        var id = here.path("user_id").asText();
        assertProblem(
                admin.post("/connect-links", "{\"user_id\": \"" + id + "\"}"),
                422,
                "invalid_input");
    }

    @Test
    void listsAreByWhomeverTheyAreFor() {
        var external = made(owner, "{\"external_id\": \"crm-1\"}");
        var anns = made(owner, "{\"user_id\": \"" + id(ann) + "\"}");
        var own = made(owner, "{}");
        assertThat(ids(owner, "")).containsExactly(id(own), id(anns), id(external));
        assertThat(ids(owner, "?external_id=crm-1")).containsExactly(id(external));
        assertThat(ids(owner, "?user_id=" + id(ann))).containsExactly(id(anns));
        assertThat(ids(owner, "?external_id=crm-1&user_id=" + id(ann))).isEmpty();
        assertThat(ids(owner, "?limit=1")).containsExactly(id(own));
        assertThat(ids(ann, "")).containsExactly(id(anns));
        assertThat(ids(ann, "?external_id=crm-1")).isEmpty();
        assertThat(ids(bob, "?user_id=" + id(ann))).isEmpty();
        for (var bad :
                new String[] {"?user_id=x", "?external_id=%20", "?external_id=%0a", "?limit=x"}) {
            assertThat(owner.get("/connect-links" + bad).status()).as(bad).isEqualTo(422);
        }
    }

    @Test
    void mailboxesAreListedByTheApplicationsUserToo() {
        var user = made(owner, "{\"external_id\": \"crm-1\"}").path("user_id").asText();
        assertThat(
                        owner.post(
                                        "/mailboxes",
                                        "{\"address\": \"o@example.org\", \"provider\": \"sandbox\"}")
                                .status())
                .isEqualTo(201);
        database.read(handle ->
                handle.execute(
                        "update mailbox set user_id = ? where workspace_id = ?",
                        UUID.fromString(user),
                        workspace));
        var found = owner.get("/mailboxes?external_id=crm-1").json().path("data");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("external_id").asText()).isEqualTo("crm-1");
        assertThat(owner.get("/mailboxes?external_id=crm-2").json().path("data")).isEmpty();
        assertThat(owner.get("/mailboxes?user_id=" + user).json().path("data")).hasSize(1);
        assertThat(ann.get("/mailboxes?external_id=crm-1").json().path("data")).isEmpty();
    }

    @Test
    void membersAskForThemselvesOnly() {
        assertThat(ann.post("/connect-links", "{\"user_id\": \"" + id(ann) + "\"}").status())
                .isEqualTo(201);
        assertField(ann.post("/connect-links", "{\"user_id\": \"" + id(bob) + "\"}"), "user_id");
        assertProblem(ann.post("/connect-links", "{\"external_id\": \"crm-1\"}"), 403, "forbidden");
        assertThat(owner.get("/users?external_id=crm-1").json().path("data")).isEmpty();
        var link = made(owner, "{\"user_id\": \"" + id(ann) + "\"}");
        assertThat(bob.get("/connect-links/" + id(link)).status()).isEqualTo(404);
        assertThat(bob.delete("/connect-links/" + id(link)).status()).isEqualTo(404);
        assertThat(ann.get("/connect-links/" + id(link)).status()).isEqualTo(200);
    }

    @Test
    void aKeyWithFullAccessAsksForAnybodyAndALesserOneForNobody() {
        var full = key("{\"name\": \"full\"}");
        assertThat(made(full, "{\"external_id\": \"crm-1\"}").path("external_id").asText())
                .isEqualTo("crm-1");
        var sends = key("{\"name\": \"s\", \"permission\": \"sending_access\"}");
        assertProblem(sends.post("/connect-links", "{}"), 401, "restricted_api_key");
    }

    @Test
    void aLinkForAMailboxIsForItsUserAndItsAddress() {
        var box = mailbox(ann, "ann@example.org");
        var link = made(owner, "{\"mailbox_id\": \"" + box + "\"}");
        assertThat(link.path("user_id").asText()).isEqualTo(id(ann));
        assertThat(link.path("address").asText()).isEqualTo("ann@example.org");
        assertThat(link.path("mailbox_id").asText()).isEqualTo(box);
        assertField(bob.post("/connect-links", "{\"mailbox_id\": \"" + box + "\"}"), "mailbox_id");
        assertField(owner.post("/connect-links", "{\"mailbox_id\": \"x\"}"), "mailbox_id");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"address\": \"b@example.org\"}".formatted(box)),
                "address");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"user_id\": \"%s\"}".formatted(box, id(bob))),
                "user_id");
        assertField(
                owner.post(
                        "/connect-links",
                        "{\"mailbox_id\": \"%s\", \"external_id\": \"crm-1\"}".formatted(box)),
                "external_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id     | {'user_id': 'x'}",
                "user_id     | {'user_id': 7}",
                "user_id     | {'user_id': 'NOBODY'}",
                "external_id | {'external_id': ''}",
                "external_id | {'external_id': ' '}",
                "external_id | {'external_id': 'a\\nb'}",
                "external_id | {'external_id': 'LONG'}",
                "external_id | {'external_id': []}",
                "external_id | {'external_id': 'a', 'user_id': 'ANN'}",
                "address     | {'address': 'nobody'}",
                "address     | {'address': 'Ann <ann@example.org>'}",
                "address     | {'address': 'a@example.org, b@example.org'}",
                "address     | {'address': 7}",
                "providers   | {'providers': []}",
                "providers   | {'providers': ['yahoo']}",
                "providers   | {'providers': ['google/']}",
                "providers   | {'providers': ['google/../x']}",
                "providers   | {'providers': ['smtp/x']}",
                "providers   | {'providers': {}}",
                "providers   | {'providers': ['GOOGLE']}",
                "tier        | {'tier': 'all'}",
                "tier        | {'tier': 1}",
                "mailbox_id  | {'mailbox_id': 'NOBODY'}",
                "return_url  | {'return_url': 'https://evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com.evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com@evil.example/'}",
                "return_url  | {'return_url': 'https://crm.example.com/mailer'}",
                "return_url  | {'return_url': 'https://crm.example.com/mail/../x'}",
                "return_url  | {'return_url': 'http://crm.example.com/mail'}",
                "return_url  | {'return_url': '//crm.example.com/mail'}",
                "return_url  | {'return_url': 'javascript:alert(1)'}",
                "state       | {'state': 'a\\rb'}",
                "state       | {'state': 'LONG'}",
                "expires_in  | {'expires_in': 0}",
                "expires_in  | {'expires_in': -1}",
                "expires_in  | {'expires_in': 59}",
                "expires_in  | {'expires_in': 604801}",
                "expires_in  | {'expires_in': 3600.5}",
                "expires_in  | {'expires_in': '3600'}",
                "expires_in  | {'expires_in': 99999999999999999999}",
                "expiresIn   | {'expiresIn': 60}",
                "returnUrl   | {'returnUrl': 'https://crm.example.com/mail'}",
            })
    void eachFieldThatIsWrongIsNamed(String field, String body) {
        allow("https://crm.example.com/mail");
        assertField(
                owner.post(
                        "/connect-links",
                        body.replace('\'', '"')
                                .replace("NOBODY", NOBODY)
                                .replace("ANN", id(ann))
                                .replace("LONG", "x".repeat(600))),
                field);
        assertThat(owner.get("/connect-links").json().path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "\"x\"", "{\"a\": 1, \"a\": 2}"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertProblem(ann.post("/connect-links", body), 422, "malformed_body");
    }

    @Test
    void returnUrlsAreTheAdminsToSay() {
        assertProblem(
                ann.patch("/workspace", "{\"return_urls\": [\"https://a.example\"]}"),
                403,
                "forbidden");
        allow("https://crm.example.com/mail", "http://localhost:3000");
        var shown = owner.get("/workspace").json();
        assertThat(shown.path("return_urls").toString())
                .isEqualTo("[\"https://crm.example.com/mail\",\"http://localhost:3000\"]");
        assertThat(shown.path("name").asText()).isEqualTo("Acme");
        assertThat(owner.patch("/workspace", "{\"name\": \"New\"}").json().path("return_urls"))
                .hasSize(2);
        made(owner, "{\"return_url\": \"http://localhost:3000/back\"}");
        for (var bad :
                new String[] {
                    "\"http://crm.example.com\"",
                    "\"https://a.example/?x=1\"",
                    "\"https://a.example/#x\"",
                    "\"https://*.example\"",
                    "\"x\"",
                    "7"
                }) {
            var answer = owner.patch("/workspace", "{\"return_urls\": [" + bad + "]}");
            assertThat(answer.status()).as(bad).isEqualTo(422);
            assertThat(answer.json().path("errors").get(0).path("field").asText())
                    .startsWith("return_urls");
        }
        assertProblem(owner.patch("/workspace", "{}"), 422, "invalid_input");
        assertThat(owner.patch("/workspace", "{\"return_urls\": []}").json().path("return_urls"))
                .isEmpty();
    }

    @Test
    void aRevokedOneStaysToBeLookedAt() {
        var link = made(ann, "{}");
        assertThat(ann.delete("/connect-links/" + id(link)).json().path("deleted").asBoolean())
                .isTrue();
        assertThat(ann.delete("/connect-links/" + id(link)).status()).isEqualTo(200);
        var after = ann.get("/connect-links/" + id(link)).json();
        assertThat(after.path("status").asText()).isEqualTo("revoked");
        assertThat(after.has("revoked_at")).isTrue();
    }

    @Test
    void whatIsDoneIsInTheAuditLog() {
        var link = made(ann, "{}");
        ann.delete("/connect-links/" + id(link));
        var entries = owner.get("/audit-log?limit=3").json().path("data");
        // the reading itself is the latest
        assertThat(entries.get(1).path("action").asText()).isEqualTo("connect_link.revoked");
        assertThat(entries.get(2).path("action").asText()).isEqualTo("connect_link.created");
        assertThat(entries.get(2).path("subject_id").asText()).isEqualTo(id(link));
        assertThat(entries.toString()).doesNotContain("prc_");
    }

    private void allow(String... urls) {
        var answer =
                owner.patch(
                        "/workspace",
                        "{\"return_urls\": [\"" + String.join("\", \"", urls) + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void assertField(Answer answer, String field) {
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors"))
                .as(answer.text())
                .extracting(error -> error.path("field").asText())
                .allMatch(name -> name.startsWith(field));
    }

    private static Duration lifetime(JsonNode link) {
        return Duration.between(
                Instant.parse(link.path("created_at").asText()),
                Instant.parse(link.path("expires_at").asText()));
    }

    private static java.util.List<String> ids(Api api, String filter) {
        var answer = api.get("/connect-links" + filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data").valueStream().map(ConnectLinksTest::id).toList();
    }

    private static String id(JsonNode node) {
        return node.path("id").asText();
    }

    private static String id(Api api) {
        return api.get("/me").json().path("id").asText();
    }

    private static String mailbox(Api api, String address) {
        var answer =
                api.post(
                        "/mailboxes",
                        "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address));
        assertThat(answer.status()).isEqualTo(201);
        return id(answer.json());
    }

    private Api key(String body) {
        var answer = owner.post("/api-keys", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return Api.underTest().with(answer.json().path("token").asText());
    }

    private static JsonNode made(Api by, String body) {
        var answer = by.post("/connect-links", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }
}
