package dev.postrider.mailbox.connect.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Links as those who make them have them. */
@QuarkusTest
final class ConnectLinksTest extends LinkScene {
    @Inject
    ConnectLinksTest(Users users, Database database) {
        super(users, database);
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
}
