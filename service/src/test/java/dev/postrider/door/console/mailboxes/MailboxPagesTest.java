package dev.postrider.door.console.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.rig.FakeProviders;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The pages of mailboxes: each act, as each role, and with what is wrong. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one workspace is enough
final class MailboxPagesTest {
    /** What would do something if it weren't escaped. */
    private static final String MARKUP =
            "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    private final Database database;
    private final Users users;
    private final Mailboxes mailboxes;
    private ConsoleTenant acme;
    private ConsoleVisitor owner;
    private ConsoleVisitor member;

    @Inject
    MailboxPagesTest(Database database, Users users, Mailboxes mailboxes) {
        this.database = database;
        this.users = users;
        this.mailboxes = mailboxes;
    }

    @BeforeAll
    void signIn() {
        acme = ConsoleTenant.named(database, users, "Acme");
        owner = ConsoleVisitor.signedIn(acme.email(Role.OWNER));
        member = ConsoleVisitor.signedIn(acme.email(Role.MEMBER));
    }

    @Test
    void aMemberSeesOwnMailboxesAlone() {
        var others = acme.sandbox("others@acme.example");
        var mine = member(acme).post("/mailboxes", sandbox("mine@acme.example")).json();
        assertThat(member.page("/console/mailboxes"))
                .contains("mine@acme.example")
                .doesNotContain("others@acme.example");
        assertThat(owner.page("/console/mailboxes"))
                .contains("mine@acme.example", "others@acme.example", acme.email(Role.MEMBER));
        assertThat(member.get("/console/mailboxes/" + others).status()).isEqualTo(404);
        member.page("/console/mailboxes/" + mine.path("id").asText());
        for (var act :
                List.of("verify", "pause", "resume", "settings", "limits", "reconnect", "remove")) {
            var answer = member.post("/console/mailboxes/" + others + "/" + act);
            assertThat(answer.status()).as(act).isEqualTo(404);
            assertThat(answer.text()).doesNotContain("others@acme.example");
        }
        assertThat(acme.read("/mailboxes/" + others).path("state").asText()).isEqualTo("active");
        assertThat(member.page("/console/mailboxes/new")).doesNotContain("Whose mailbox");
    }

    @Test
    void aMailboxIsPausedResumedChangedAndRemoved() {
        var id = acme.sandbox("change@acme.example");
        var path = "/console/mailboxes/" + id;
        owner.page(path);
        assertThat(owner.post(path + "/pause").header("Location"))
                .endsWith(path + "?note=mailbox_paused");
        assertThat(owner.page(path)).contains("Paused by its user.");
        assertThat(owner.post(path + "/resume").status()).isEqualTo(303);
        assertThat(acme.read("/mailboxes/" + id).path("state").asText()).isEqualTo("active");
        var saved =
                owner.post(
                        path + "/settings",
                        "display_name",
                        "Sales",
                        "aliases",
                        "a@acme.example\nb@acme.example",
                        "default",
                        "true");
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        var changed = acme.read("/mailboxes/" + id);
        assertThat(changed.path("aliases")).hasSize(2);
        assertThat(changed.path("default").asBoolean()).isTrue();
        var wrong = owner.post(path + "/settings", "display_name", "Team", "aliases", "nobody");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("value=\"Team\"", ">nobody</textarea>", "id=\"aliases-note\"")
                .doesNotContain("type=\"checkbox\" value=\"true\" checked");
        var queued =
                acme.owner.post(
                        "/emails",
                        "{\"from\": \"change@acme.example\", \"to\": \"grace@example.org\","
                                + " \"subject\": \"S\", \"text\": \"T\", \"scheduled_at\": \"in 1 day\"}");
        assertThat(queued.status()).as(queued.text()).isEqualTo(200);
        assertThat(owner.page(path)).contains("Cancel what waits, and remove");
        assertThat(owner.post(path + "/remove").status())
                .as("nothing is canceled unasked")
                .isEqualTo(409);
        assertThat(owner.post(path + "/remove", "force", "true").status()).isEqualTo(303);
        assertThat(owner.get(path).status()).isEqualTo(404);
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() {
        var id = acme.sandbox("forged@acme.example");
        owner.page("/console/mailboxes/" + id);
        var forged = owner.postWith("x", "/console/mailboxes/" + id + "/remove", "force", "true");
        assertThat(forged.status()).isEqualTo(403);
        acme.read("/mailboxes/" + id);
    }

    @Test
    void aPasswordNeverComesBack() {
        try (var server =
                Sink.start(SinkOptions.standard().withUser("pw@acme.example", "richtig"))) {
            owner.page("/console/mailboxes/new");
            var wrong =
                    owner.post(
                            "/console/mailboxes/new/password",
                            "address",
                            "nobody",
                            "smtp.password",
                            "geheim-4711",
                            "smtp.host",
                            "127.0.0.1");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text())
                    .contains("value=\"nobody\"", "value=\"127.0.0.1\"", "class=\"error\"")
                    .doesNotContain("geheim-4711");
            var made =
                    owner.post(
                            "/console/mailboxes/new/password",
                            "address",
                            "pw@acme.example",
                            "smtp.password",
                            "richtig",
                            "smtp.host",
                            "127.0.0.1",
                            "smtp.port",
                            String.valueOf(server.port()),
                            "smtp.tls",
                            "none");
            assertThat(made.header("Location")).contains("note=mailbox_connected");
        }
    }

    @Test
    void aServerThatIsntKnownIsLookedForOrAskedFor() {
        owner.page("/console/mailboxes/new");
        assertThat(owner.page("/console/mailboxes/new?address=ann%40gmail.com"))
                .contains("Its server is smtp.gmail.com, port 587.")
                .doesNotContain("value=\"587\"");
        assertThat(owner.page("/console/mailboxes/new?address=ann%40gmail.com&fill=yes"))
                .contains("value=\"smtp.gmail.com\"", "value=\"587\"");
        var unknown =
                owner.post(
                        "/console/mailboxes/new/password",
                        "address",
                        "a@no.invalid",
                        "smtp.password",
                        "geheim-4711");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("couldn&#39;t be found", "value=\"a@no.invalid\"");
    }

    @Test
    void linksAreMadeForOneselfForOthersAndForUsersOfTheApplication() {
        owner.page("/console/mailboxes/new");
        var mine = owner.post("/console/mailboxes/new/link", "providers", "smtp");
        assertThat(mine.status()).as(mine.text()).isEqualTo(201);
        assertThat(mine.text()).contains(Api.publicUrl() + "/connect/prc_", acme.email(Role.OWNER));
        var theirs =
                owner.post(
                        "/console/mailboxes/new/link",
                        "user_id",
                        acme.email(Role.MEMBER),
                        "link_address",
                        "bob@acme.example");
        assertThat(theirs.text()).contains("The link for " + acme.email(Role.MEMBER));
        var external = owner.post("/console/mailboxes/new/link", "external_id", "crm-" + MARKUP);
        assertThat(external.status()).isEqualTo(201);
        assertThat(external.text()).doesNotContain("<script>alert", "<img src=x");
        member.page("/console/mailboxes/new");
        var forbidden =
                member.post(
                        "/console/mailboxes/new/link", "user_id", acme.id(Role.OWNER).toString());
        assertThat(forbidden.status()).isEqualTo(422);
        var nobody = owner.post("/console/mailboxes/new/link", "user_id", "nobody@acme.example");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.text()).contains("is no person who signs in here that you see");
        var held = acme.sandbox("again@acme.example");
        owner.page("/console/mailboxes/" + held);
        var again = owner.post("/console/mailboxes/" + held + "/reconnect");
        assertThat(again.text()).contains("/connect/prc_");
    }

    @Test
    void aMailboxOfTheOrganisationIsConnectedByItsAppAlone() {
        var address = "bob." + UUID.randomUUID() + "@" + FakeProviders.LISTED;
        FakeProviders.google().account(address);
        assertThat(owner.page("/console/mailboxes/new")).contains("Google (service-account)");
        var refused =
                owner.post(
                        "/console/mailboxes/new/app",
                        "app",
                        "google/service-account",
                        "app_address",
                        "bob@example.com");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("id=\"app_address-note\"", "one that this app may be used for");

        var made =
                owner.post(
                        "/console/mailboxes/new/app",
                        "app",
                        "google/service-account",
                        "app_address",
                        address,
                        "user_id",
                        acme.email(Role.MEMBER));

        assertThat(made.status()).as(made.text()).isEqualTo(303);
        assertThat(made.header("Location")).endsWith("?note=mailbox_connected");
        var mailbox = acme.read("/mailboxes?search=" + address).path("data").get(0);
        assertThat(mailbox.path("user_id").asText()).isEqualTo(acme.id(Role.MEMBER).toString());
        assertThat(member.page("/console/mailboxes/new")).doesNotContain("service-account");
        var forbidden =
                member.post(
                        "/console/mailboxes/new/app",
                        "app",
                        "google/service-account",
                        "app_address",
                        address);
        assertThat(forbidden.status()).isEqualTo(403);
    }

    @Test
    void nothingThatComesFromOutsideIsMarkup() {
        var id = acme.sandbox("xss@acme.example");
        var sent =
                acme.owner.post(
                        "/emails",
                        ("{\"from\": \"xss@acme.example\", \"to\": \"\\\"<script>alert(1)</script>\\\"@example.org\","
                                        + " \"subject\": \"%1$s\", \"text\": \"%1$s\", \"html\": \"%1$s\","
                                        + " \"attachments\": [{\"filename\": \"<img src=x onerror=alert(1)>.txt\","
                                        + " \"content\": \"aGk=\"}]}")
                                .formatted(MARKUP.replace("\"", "\\\"")));
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        Awaitility.await()
                .until(() -> acme.read("/mailboxes/" + id + "/sandbox").path("data").size() == 1);
        var message =
                acme.read("/mailboxes/" + id + "/sandbox").path("data").get(0).path("id").asText();
        mailboxes.hold(
                acme.workspace, UUID.fromString(id), new HoldReason("login_refused", MARKUP));
        var path = "/console/mailboxes/" + id;
        assertThat(owner.page("/console/mailboxes")).doesNotContain("<script>alert", "<img src=x");
        for (var page :
                List.of(
                        owner.page(
                                "/console/mailboxes?search="
                                        + "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
                        owner.page(path),
                        owner.page(path + "/messages/" + message))) {
            assertThat(page)
                    .doesNotContain("<script>alert", "<img src=x")
                    .contains("&lt;script&gt;alert(1)");
        }
        var html = owner.get(path + "/messages/" + message + "/html");
        assertThat(html.header("Content-Security-Policy"))
                .startsWith(
                        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';")
                .doesNotContain("script-src");
        var source = owner.get(path + "/messages/" + message + "/source");
        assertThat(source.header("Content-Disposition")).startsWith("attachment");
        assertThat(source.header("Content-Type")).startsWith("text/plain");
        assertThat(member.get(path + "/messages/" + message).status()).isEqualTo(404);
    }

    private static Api member(ConsoleTenant tenant) {
        return tenant.as(Role.MEMBER);
    }

    private static String sandbox(String address) {
        return "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address);
    }
}
