package dev.postrider.door.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.console.ConsoleScene;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The first page: who needs help, and how the day went. */
@QuarkusTest
final class OverviewBrowserTest extends ConsoleScene {
    @Inject
    OverviewBrowserTest(Users users, Database database) {
        super(users, database);
    }

    private String held(String address) {
        var id = acme.sandbox(address);
        database.read(handle ->
                handle.execute(
                        "update mailbox set state = 'held', reason = ?,"
                                + " reason_code = 'login_refused' where id = ?",
                        "The server refused the login: 535 " + MARKUP,
                        UUID.fromString(id)));
        return id;
    }

    private void send(String from) {
        var answer =
                acme.owner.post(
                        "/emails",
                        "{\"from\": \"%s\", \"to\": \"grace@example.org\", \"subject\": \"Hi\", \"text\": \"x\"}"
                                .formatted(from));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void whatNeedsSomebodyStandsFirstAndLeadsToWhereItIsHelped() {
        var id = held("ann@example.com");
        acme.sandbox("bob@example.com");
        for (var i = 0; i < 3; i++) {
            send("bob@example.com");
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(acme.read("/emails?state=sent").path("data")).hasSize(3));
        database.read(handle ->
                handle.execute(
                        "insert into webhook (workspace_id, id, endpoint, events, secret, status,"
                                + " failures, failing_from) values (?, ?, ?, array['email.sent'],"
                                + " '\\x00', 'enabled', 9, now() - interval '3 hours')",
                        acme.workspace,
                        UUID.randomUUID(),
                        "https://hooks.example.com/postrider"));
        signIn(Role.OWNER);
        assertThat(window.text())
                .contains("Mailbox held", "ann@example.com", "Webhook failing", "3\nsent in 24");
        nothingRan();
        looksRight("overview-trouble");
        window.click("ann@example.com");
        window.waitForUrl(dev.postrider.http.Api.publicUrl() + "/console/mailboxes/" + id);
    }

    @Test
    void withNothingThereTheFirstStepsAreOffered() {
        signIn(Role.ADMIN);
        assertThat(window.text()).contains("All well", "No emails in the last 24 hours.");
        go("/console/");
        assertThat(window.find("[aria-current=page]").getText()).isEqualTo("Overview");
        looksRight("overview-empty");
        window.click("First steps");
        window.waitForTitle("First steps · Postrider");
    }

    @Test
    void aMemberSeesTheirOwnAndNothingOfTheInstallation() {
        held("ann@example.com");
        signIn(Role.MEMBER);
        assertThat(window.text())
                .doesNotContain("ann@example.com", "Nodes", "Webhooks", "Audit log");
        looksRight("overview-member");
    }

    @Test
    void whoRunsTheInstallationSeesItsNodes() {
        go("/console/sign-in");
        window.find("#email").sendKeys(TestEnvironment.ADMIN_EMAIL);
        window.find("#password").sendKeys(TestEnvironment.ADMIN_PASSWORD);
        window.click("Sign in");
        window.waitForTitle("Overview · Postrider");
        assertThat(window.text()).contains("Nodes", "Runs");
        looksRight("overview-operator");
    }

    /** Who has made something new of it sees that without loading the page. */
    @Test
    void itIsLive() {
        signIn(Role.OWNER);
        held("late@example.com");
        window.waitForText("late@example.com");
    }
}
