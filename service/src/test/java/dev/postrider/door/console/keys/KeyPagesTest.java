package dev.postrider.door.console.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The pages of API keys: each act, as each role, and with what is wrong. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one workspace is enough
final class KeyPagesTest {
    private static final Pattern KEY = Pattern.compile("<pre id=\"key\">(pr_[\\w-]+)</pre>");
    private static final String MARKUP = "<script>alert(1)</script><img src=x>";

    private final Database database;
    private final Users users;
    private ConsoleTenant acme;
    private ConsoleVisitor owner;
    private ConsoleVisitor member;

    @Inject
    KeyPagesTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @BeforeAll
    void signIn() {
        acme = ConsoleTenant.named(database, users, "Acme");
        owner = ConsoleVisitor.signedIn(acme.email(Role.OWNER));
        member = ConsoleVisitor.signedIn(acme.email(Role.MEMBER));
    }

    @Test
    void aKeyIsShownOnceAndWorksUntilItIsRevoked() {
        var box = acme.sandbox("crm@acme.example");
        owner.page("/console/keys");
        var made =
                owner.post(
                        "/console/keys",
                        "name",
                        "crm",
                        "permission",
                        "sending_access",
                        "mailbox_id",
                        box,
                        "per_second",
                        "20");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).contains("no-store");
        assertThat(made.text()).contains("curl " + Api.publicUrl() + "/emails", "crm@acme.example");
        var found = KEY.matcher(made.text());
        assertThat(found.find()).isTrue();
        var key = Api.underTest().with(found.group(1));
        assertThat(key.get("/emails").status()).as("it sends only").isEqualTo(401);
        var list = owner.page("/console/keys");
        assertThat(list)
                .contains("Send only", "as crm@acme.example alone")
                .doesNotContain(found.group(1));
        var id = acme.read("/api-keys").path("data").get(0).path("id").asText();
        assertThat(acme.read("/api-keys/" + id).path("per_second").asInt()).isEqualTo(20);
        assertThat(
                        owner.post(
                                        "/console/keys/" + id,
                                        "name",
                                        "crm, old",
                                        "permission",
                                        "full_access",
                                        "per_second",
                                        "5")
                                .status())
                .isEqualTo(303);
        var changed = acme.read("/api-keys/" + id);
        assertThat(changed.path("name").asText()).isEqualTo("crm, old");
        assertThat(changed.path("per_second").asInt()).isEqualTo(5);
        var tooMany =
                owner.post(
                        "/console/keys/" + id,
                        "name",
                        "crm",
                        "permission",
                        "full_access",
                        "per_second",
                        "100001");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.text()).contains("id=\"per_second-note\"", "value=\"100001\"");
        assertThat(owner.post("/console/keys/" + id + "/revoke").header("Location"))
                .contains("note=key_revoked");
        assertThat(key.post("/emails", "{}").status()).isEqualTo(403);
        assertThat(owner.get("/console/keys/" + id).status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        owner.page("/console/keys");
        var wrong =
                owner.post("/console/keys", "permission", "sending_access", "per_second", "many");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("id=\"name-note\"", "id=\"per_second-note\"", "value=\"many\"")
                .contains("value=\"sending_access\" checked");
    }

    @Test
    void aMemberSeesAndRevokesOwnKeysAlone() {
        var others = acme.made("/api-keys", "{\"name\": \"others " + MARKUP + "\"}");
        var mine = acme.as(Role.MEMBER).post("/api-keys", "{\"name\": \"mine\"}");
        assertThat(mine.status()).isEqualTo(201);
        assertThat(member.page("/console/keys")).contains("mine").doesNotContain("others");
        for (var act : List.of("", "/revoke")) {
            assertThat(
                            member.post(
                                            "/console/keys/" + others + act,
                                            "name",
                                            "theirs",
                                            "permission",
                                            "full_access")
                                    .status())
                    .isEqualTo(404);
        }
        for (var page :
                List.of(owner.page("/console/keys"), owner.page("/console/keys/" + others))) {
            assertThat(page)
                    .contains("others &lt;script&gt;")
                    .doesNotContain("<script>alert", "<img src=x");
        }
        assertThat(owner.page("/console/keys")).contains("made by " + acme.email(Role.MEMBER));
    }
}
