package dev.postrider.identity.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants come and go while the program serves them. */
@QuarkusTest
final class WorkspacesTest {
    private static final String PASSWORD = "eine lange Leiter";

    private final Database database;
    private final Workspaces workspaces;

    @Inject
    WorkspacesTest(Database database, Workspaces workspaces) {
        this.database = database;
        this.workspaces = workspaces;
    }

    /** A tenant and its owner. */
    private record Tenant(Workspace workspace, String email, Api owner) {}

    @Test
    void itsOwnerIsInvitedAndSeesItAlone() {
        var tenant = tenant("Acme");
        var answer = tenant.owner().get("/workspace").json();
        assertThat(answer.path("name").asText()).isEqualTo("Acme");
        assertThat(answer.path("id").asText()).isEqualTo(tenant.workspace().id().toString());
        var me = tenant.owner().get("/me").json();
        assertThat(me.path("role").asText()).isEqualTo("owner");
        assertThat(me.path("workspace_id")).isEqualTo(answer.path("id"));
        assertThat(tenant.owner().get("/users").json().path("data")).hasSize(1);
        assertThat(workspaces.all()).contains(tenant.workspace());
        assertThat(actions(tenant)).contains("workspace.created");
    }

    @Test
    void adminsRenameItMembersDoNot() {
        var tenant = tenant("Acme");
        var renamed = rename(tenant.owner(), "{\"name\": \"Acme & Söhne\"}");
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(tenant.owner().get("/workspace").json().path("name").asText())
                .isEqualTo("Acme & Söhne");
        var member = email();
        tenant.owner()
                .post(
                        "/users",
                        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(member, PASSWORD));
        var their = Api.underTest().loggedIn(member, PASSWORD);
        assertThat(rename(their, "{\"name\": \"Mine\"}").status()).isEqualTo(403);
        assertThat(their.get("/workspace").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\": \" \"}", "{\"name\": \"a\\nb\"}", "{\"name\": 1}"})
    void whatIsNoNameIsRefused(String body) {
        var refused = rename(tenant("Acme").owner(), body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("field").asText()).isEqualTo("name");
    }

    @Test
    void anAddressIsInOneWorkspace() {
        assertThat(workspaces.create("Acme", TestEnvironment.ADMIN_EMAIL))
                .isEqualTo(new Workspaces.Creation.EmailTaken());
        assertThat(workspaces.create("Acme", "nobody"))
                .isEqualTo(new Workspaces.Creation.BadEmail());
        assertThat(workspaces.create("", email())).isEqualTo(new Workspaces.Creation.BadName());
    }

    @Test
    void withAWorkspaceGoItsTokensKeysAndMailboxesAndItsWaitingMailIsCanceled() {
        var tenant = tenant("Acme");
        var neighbour = tenant("Neighbour");
        var key = fill(tenant);
        var waiting = waiting(tenant, key);
        var other = waiting(neighbour, fill(neighbour));

        assertThat(workspaces.remove(tenant.workspace().id())).isEqualTo(Workspaces.Removed.DONE);

        assertThat(tenant.owner().get("/me").status()).isEqualTo(401);
        assertThat(key.get("/emails").status()).isEqualTo(403);
        assertThat(login(tenant.email()).status()).isEqualTo(400);
        assertThat(state(waiting)).isEqualTo("canceled");
        for (var table : List.of("mailbox", "webhook", "api_key", "user_account", "session")) {
            assertThat(rows(table, tenant)).as(table).isZero();
            assertThat(rows(table, neighbour)).as(table).isPositive();
        }
        assertThat(rows("audit_entry", tenant)).as("its audit log").isPositive();
        assertThat(state(other)).isEqualTo("scheduled");
        assertThat(workspaces.remove(tenant.workspace().id()))
                .isEqualTo(Workspaces.Removed.NOT_FOUND);
    }

    @Test
    void oneThatIsSendingStaysWhole() {
        var tenant = tenant("Acme");
        var waiting = waiting(tenant, fill(tenant));
        database.read(handle ->
                handle.execute(
                        "update email set state = 'sending', epoch = 1 where id = ?",
                        UUID.fromString(waiting)));
        assertThat(workspaces.remove(tenant.workspace().id()))
                .isEqualTo(Workspaces.Removed.IS_SENDING);
        assertThat(tenant.owner().get("/workspace").status()).isEqualTo(200);
        assertThat(rows("mailbox", tenant)).isOne();
        database.read(handle ->
                handle.execute(
                        "update email set state = 'scheduled', epoch = null where id = ?",
                        UUID.fromString(waiting)));
    }

    private Tenant tenant(String name) {
        var email = email();
        var made = workspaces.create(name, email);
        assertThat(made).isInstanceOf(Workspaces.Creation.Done.class);
        var created = ((Workspaces.Creation.Done) made).created();
        var chosen =
                Api.underTest()
                        .post(
                                "/password",
                                "{\"ticket\": \"%s\", \"password\": \"%s\"}"
                                        .formatted(created.ticket(), PASSWORD));
        assertThat(chosen.status()).isEqualTo(204);
        return new Tenant(created.workspace(), email, Api.underTest().loggedIn(email, PASSWORD));
    }

    /** Gives it a mailbox, a webhook and a key, with which the answer calls. */
    private static Api fill(Tenant tenant) {
        tenant.owner()
                .post(
                        "/mailboxes",
                        "{\"address\": \"%s\", \"provider\": \"sandbox\"}"
                                .formatted(tenant.email()));
        tenant.owner()
                .post(
                        "/webhooks",
                        "{\"endpoint\": \"http://127.0.0.1:9/\", \"events\": [\"email.sent\"]}");
        var key = tenant.owner().post("/api-keys", "{\"name\": \"crm\"}");
        return Api.underTest().with(key.json().path("token").asText());
    }

    /** The id of an email that waits. */
    private static String waiting(Tenant tenant, Api key) {
        var kept =
                key.post(
                        "/emails",
                        ("{\"from\": \"%s\", \"to\": \"grace@example.org\", \"subject\": \"Hello\","
                                        + " \"text\": \"Hello\", \"scheduled_at\": \"in 1 day\"}")
                                .formatted(tenant.email()));
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        return kept.json().path("id").asText();
    }

    private static Answer rename(Api api, String body) {
        return api.patch("/workspace", body);
    }

    private static Answer login(String email) {
        return Api.underTest().logIn(email, PASSWORD);
    }

    private static List<String> actions(Tenant tenant) {
        return tenant.owner().get("/audit-log").json().path("data").findValuesAsText("action");
    }

    private String state(String email) {
        return database.read(handle ->
                handle.createQuery("select state from email where id = :id")
                        .bind("id", UUID.fromString(email))
                        .mapTo(String.class)
                        .one());
    }

    private long rows(String table, Tenant tenant) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table + " where workspace_id = :id")
                        .bind("id", tenant.workspace().id())
                        .mapTo(Long.class)
                        .one());
    }

    private static String email() {
        return UUID.randomUUID() + "@example.org";
    }
}
