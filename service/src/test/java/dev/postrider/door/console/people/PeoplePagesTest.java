package dev.postrider.door.console.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The pages of people, of the workspace, of one's account, and of choosing a password. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one workspace is enough
final class PeoplePagesTest {
    private static final Pattern LINK = Pattern.compile("/console/password\\?ticket=(prt_[\\w-]+)");
    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>";

    private final Database database;
    private final Users users;
    private ConsoleTenant acme;
    private ConsoleVisitor owner;
    private ConsoleVisitor admin;
    private ConsoleVisitor member;

    @Inject
    PeoplePagesTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @BeforeAll
    void signIn() {
        acme = ConsoleTenant.named(database, users, "Acme");
        owner = ConsoleVisitor.signedIn(acme.email(Role.OWNER));
        admin = ConsoleVisitor.signedIn(acme.email(Role.ADMIN));
        member = ConsoleVisitor.signedIn(acme.email(Role.MEMBER));
    }

    @Test
    void whoIsInvitedChoosesAPasswordByTheLinkAndSignsIn() {
        admin.page("/console/people");
        var email = UUID.randomUUID() + "@acme.example";
        var made = admin.post("/console/people/invite", "email", email, "role", "member");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).contains(Api.publicUrl() + "/console/password?ticket=");
        var ticket = ticket(made.text());
        assertThat(admin.page("/console/people")).contains(email, "Invited").doesNotContain(ticket);

        var guest = new ConsoleVisitor();
        var page = guest.get("/console/password?ticket=" + ticket);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
        var unlike = choose(guest, ticket, "eine lange Leiter", "eine kurze Leiter");
        assertThat(unlike.status()).isEqualTo(422);
        assertThat(unlike.text()).contains("The two aren").doesNotContain("eine kurze");
        assertThat(choose(guest, ticket, "kurz", "kurz").text()).contains("8 to 1024 characters");
        var chosen = choose(guest, ticket, ConsoleTenant.PASSWORD, ConsoleTenant.PASSWORD);
        assertThat(chosen.header("Location")).endsWith("/console/sign-in?note=password_chosen");
        assertThat(choose(guest, ticket, ConsoleTenant.PASSWORD, ConsoleTenant.PASSWORD).status())
                .as("good once")
                .isEqualTo(410);
        var signedIn = ConsoleVisitor.signedIn(email);
        assertThat(signedIn.page("/console/account")).contains(email, "member of Acme");
    }

    @Test
    void aLinkThatIsNoneOrOfAnotherPageIsRefused() {
        var guest = new ConsoleVisitor();
        for (var ticket : List.of("", "x", MARKUP, "prt_" + "a".repeat(300))) {
            var answer = guest.get("/console/password?ticket=" + URLEncoder.encode(ticket, UTF_8));
            assertThat(answer.status()).as(ticket).isEqualTo(410);
            assertThat(answer.text()).doesNotContain("<script>alert", "<img src=x");
        }
        admin.page("/console/people");
        var made =
                admin.post("/console/people/invite", "email", UUID.randomUUID() + "@acme.example");
        var forged =
                choose(
                        new ConsoleVisitor().with("Sec-Fetch-Site", "cross-site"),
                        ticket(made.text()),
                        ConsoleTenant.PASSWORD,
                        ConsoleTenant.PASSWORD);
        assertThat(forged.status()).isEqualTo(410);
    }

    @Test
    void aMemberSeesNoPeople() {
        var id = acme.id(Role.OWNER);
        member.page("/console/account");
        assertThat(member.page("/console/account")).doesNotContain("/console/people");
        for (var path : List.of("/console/people", "/console/people/" + id)) {
            var answer = member.get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).doesNotContain(acme.email(Role.OWNER));
        }
        for (var act : List.of("role", "deactivate", "activate", "link", "remove")) {
            assertThat(member.post("/console/people/" + id + "/" + act).status()).isEqualTo(403);
        }
        assertThat(member.post("/console/people/workspace", "name", "Mine").status())
                .isEqualTo(403);
        assertThat(acme.read("/workspace").path("name").asText()).isEqualTo("Acme");
    }

    @Test
    void onlyOwnersChangeOwners() {
        var id = acme.id(Role.OWNER);
        assertThat(admin.page("/console/people/" + id))
                .contains("Only owners change an owner.")
                .doesNotContain("/deactivate");
        assertThat(admin.post("/console/people/" + id + "/deactivate").status()).isEqualTo(403);
        assertThat(admin.page("/console/people")).doesNotContain("value=\"owner\"");
        assertThat(owner.page("/console/people")).contains("value=\"owner\"");
        owner.page("/console/people/" + id);
        var last = owner.post("/console/people/" + id + "/deactivate");
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.text()).contains("role=\"alert\"");
    }

    @Test
    void somebodyIsMadeAdminLetOutLetInAndRemoved() {
        var email = UUID.randomUUID() + "@acme.example";
        var id =
                acme.made(
                        "/users",
                        "{\"email\": \"%s\", \"password\": \"%s\"}"
                                .formatted(email, ConsoleTenant.PASSWORD));
        var them = ConsoleVisitor.signedIn(email);
        Api.underTest()
                .loggedIn(email, ConsoleTenant.PASSWORD)
                .post(
                        "/mailboxes",
                        "{\"address\": \"their@acme.example\", \"provider\": \"sandbox\"}");
        var path = "/console/people/" + id;
        owner.page(path);
        assertThat(owner.post(path + "/role", "role", "admin").status()).isEqualTo(303);
        assertThat(acme.read("/users/" + id).path("role").asText()).isEqualTo("admin");
        assertThat(owner.post(path + "/deactivate").header("Location"))
                .contains("user_deactivated");
        assertThat(them.get("/console").header("Location")).contains("/console/sign-in");
        assertThat(owner.page(path)).contains("Deactivated");
        assertThat(owner.post(path + "/activate").status()).isEqualTo(303);
        var link = owner.post(path + "/link");
        assertThat(link.status()).isEqualTo(201);
        assertThat(ticket(link.text())).isNotEmpty();
        assertThat(owner.post(path + "/remove").status()).as("they have a mailbox").isEqualTo(409);
        assertThat(owner.post(path + "/remove", "mailboxes", "keep").header("Location"))
                .contains("/console/people?note=removed");
        assertThat(owner.get(path).status()).isEqualTo(404);
    }

    @Test
    void usersOfTheApplicationStandApart() {
        var link = acme.owner.post("/connect-links", "{\"external_id\": \"crm-1 " + MARKUP + "\"}");
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        assertThat(owner.page("/console/people")).doesNotContain("crm-1");
        assertThat(owner.page("/console/people?show=external&search=crm-1"))
                .contains("crm-1 &lt;script&gt;")
                .doesNotContain("<script>alert", "<img src=x", acme.email(Role.MEMBER));
    }

    @Test
    void theWorkspacesSettingsAreChanged() {
        var bell = acme.sandbox("bell@acme.example");
        var page = owner.page("/console/people/workspace");
        assertThat(page).contains("bell@acme.example");
        var wrong =
                owner.post(
                        "/console/people/workspace",
                        "name",
                        MARKUP,
                        "return_urls",
                        "ftp://acme.example",
                        "language",
                        "de");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains(">ftp://acme.example</textarea>", "id=\"return_urls-note\"")
                .doesNotContain("<script>alert", "<img src=x");
        var saved =
                owner.post(
                        "/console/people/workspace",
                        "name",
                        "Acme",
                        "return_urls",
                        "https://a.acme.example\nhttps://b.acme.example/mail",
                        "notification_mailbox_id",
                        bell,
                        "language",
                        "de");
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        var workspace = acme.read("/workspace");
        assertThat(workspace.path("return_urls")).hasSize(2);
        assertThat(workspace.path("notification_mailbox_id").asText()).isEqualTo(bell);
        assertThat(workspace.path("language").asText()).isEqualTo("de");
        owner.post("/console/people/workspace", "name", "Acme", "language", "en");
        assertThat(acme.read("/workspace").has("notification_mailbox_id")).isFalse();
    }

    @Test
    void oneChangesOnesPasswordAndAllSessionsEnd() {
        var email = UUID.randomUUID() + "@acme.example";
        acme.made(
                "/users",
                "{\"email\": \"%s\", \"password\": \"%s\"}"
                        .formatted(email, ConsoleTenant.PASSWORD));
        var here = ConsoleVisitor.signedIn(email);
        var elsewhere = ConsoleVisitor.signedIn(email);
        here.page("/console/account");
        var unlike = change(here, ConsoleTenant.PASSWORD, "neue Leiter 1", "neue Leiter 2");
        assertThat(unlike.status()).isEqualTo(422);
        var wrong = change(here, "falsche Leiter", "neue Leiter 1", "neue Leiter 1");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("is wrong")
                .doesNotContain("falsche Leiter", "neue Leiter");
        var changed = change(here, ConsoleTenant.PASSWORD, "neue Leiter 1", "neue Leiter 1");
        assertThat(changed.header("Location")).endsWith("/console/sign-in?note=password_changed");
        assertThat(elsewhere.get("/console/account").status()).isEqualTo(303);
        assertThat(here.get("/console/account").status()).isEqualTo(303);
        assertThat(new ConsoleVisitor().signIn(email, "neue Leiter 1").status()).isEqualTo(303);
    }

    private static Api.Answer change(
            ConsoleVisitor visitor, String current, String next, String repeated) {
        return visitor.post(
                "/console/account/password",
                "current_password",
                current,
                "new_password",
                next,
                "repeated_password",
                repeated);
    }

    private static Api.Answer choose(
            ConsoleVisitor visitor, String ticket, String password, String repeated) {
        return visitor.post(
                "/console/password",
                "ticket",
                ticket,
                "new_password",
                password,
                "repeated_password",
                repeated);
    }

    private static String ticket(String page) {
        var link = LINK.matcher(page);
        assertThat(link.find()).as(page).isTrue();
        return link.group(1);
    }
}
