package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.rig.FakeProviders;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /mailboxes} with an app that acts by an organisation's leave: nobody consents. */
@QuarkusTest
final class OwnAccessTest {
    private static final String PASSWORD = "eine lange Leiter";

    private final Users users;
    private final Database database;
    private final UUID workspace = NewId.get();
    private final String address = "ann." + UUID.randomUUID() + "@" + FakeProviders.LISTED;
    private Api owner = Api.underTest();

    @Inject
    OwnAccessTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void accounts() {
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'Acme')", workspace));
        owner = user("owner", Role.OWNER);
        FakeProviders.google().account(address);
        FakeProviders.microsoft().account(address);
    }

    @ParameterizedTest
    @CsvSource({"gmail, service-account", "microsoft, daemon"})
    void aMailboxIsConnectedWithoutItsUserAndSends(String provider, String app) {
        var made = owner.post("/mailboxes", body(provider, app, address));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("state").asText()).isEqualTo("active");
        assertThat(made.json().path("grant").path("app").asText()).isEqualTo(app);
        assertThat(made.json().path("grant").path("account").asText()).isEqualTo(address);
        assertProblem(
                owner.post("/mailboxes", body(provider, app, address)), 409, "mailbox_exists");

        var told = owner.post("/mailboxes/" + made.json().path("id").asText() + "/verify", "");
        assertThat(told.json().path("ok").asBoolean()).as(told.text()).isTrue();
        assertThat(told.json().path("api").path("address").asText()).isEqualTo(address);
        assertThat(told.json().path("grant").path("application").asBoolean()).isTrue();
        assertThat(told.json().path("grant").path("app").asText()).isEqualTo(app);

        var sent =
                owner.post(
                        "/" + provider + "/send-email",
                        "{\"to\": \"grace@example.org\", \"subject\": \"By leave\", \"message\": \"Hello\"}");

        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(inSent(provider)).isEqualTo(1));
    }

    private int inSent(String provider) {
        return provider.equals("gmail")
                ? FakeProviders.google().sent(address).size()
                : FakeProviders.microsoft().sent(address).size();
    }

    @Test
    void whoDoesNotAdministerMayNot() {
        for (var who : new Api[] {user("ann", Role.MEMBER), lesserKey()}) {
            var answer = who.post("/mailboxes", body("gmail", "service-account", address));
            assertThat(answer.status()).as(answer.text()).isIn(401, 403);
        }
        assertProblem(
                user("bob", Role.MEMBER)
                        .post("/mailboxes", body("gmail", "service-account", address)),
                403,
                "forbidden");
        assertThat(owner.get("/mailboxes").json().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gmail,     service-account, ann@example.com,        address",
        "gmail,     service-account, ann@sub.listed.example, address",
        "gmail,     service-account, ann@listed.example.org, address",
        "gmail,     service-account, ann@evil-listed.example, address",
        "microsoft, daemon,          ann@example.com,        address",
        "gmail,     daemon,          ann@listed.example,     app",
        "microsoft, service-account, ann@listed.example,     app",
        "gmail,     default,         ann@listed.example,     app",
        "gmail,     missing,         ann@listed.example,     app",
        "smtp,      service-account, ann@listed.example,     app",
        "sandbox,   service-account, ann@listed.example,     app",
        "yahoo,     service-account, ann@listed.example,     app",
    })
    void whatIsNotListedIsRefused(String provider, String app, String whose, String field) {
        var answer = owner.post("/mailboxes", body(provider, app, whose));
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors"))
                .as(answer.text())
                .extracting(error -> error.path("field").asText())
                .contains(field);
        assertThat(owner.get("/mailboxes").json().path("data")).isEmpty();
    }

    @Test
    void itIsForAUserOfTheWorkspaceAlone() {
        var stranger = NewId.get();
        var answer =
                owner.post(
                        "/mailboxes",
                        body("gmail", "service-account", address)
                                .replace("}", ", \"user_id\": \"" + stranger + "\"}"));
        assertProblem(answer, 422, "invalid_input");
        var ann = user("ann", Role.MEMBER).get("/me").json().path("id").asText();
        var made =
                owner.post(
                        "/mailboxes",
                        body("gmail", "service-account", address)
                                .replace("}", ", \"user_id\": \"" + ann + "\"}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("user_id").asText()).isEqualTo(ann);
    }

    private Api lesserKey() {
        var made = owner.post("/api-keys", "{\"name\": \"s\", \"permission\": \"sending_access\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return Api.underTest().with(made.json().path("token").asText());
    }

    private Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }

    private static String body(String provider, String app, String address) {
        return "{\"address\": \"%s\", \"provider\": \"%s\", \"app\": \"%s\"}"
                .formatted(address, provider, app);
    }
}
