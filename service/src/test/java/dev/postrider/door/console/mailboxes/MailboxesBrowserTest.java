package dev.postrider.door.console.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
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
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The pages of mailboxes in a real browser. */
@QuarkusTest
final class MailboxesBrowserTest extends ConsoleScene {
    private final Mailboxes mailboxes;

    @Inject
    MailboxesBrowserTest(Users users, Database database, Mailboxes mailboxes) {
        super(users, database);
        this.mailboxes = mailboxes;
    }

    @Test
    void aNewcomerConnectsASandboxAndSeesWhatItKeeps() {
        signIn(Role.MEMBER);
        go("/console/mailboxes");
        looksRight("mailboxes-empty");
        window.click("Connect a mailbox");
        window.waitForTitle("Connect a mailbox · Postrider");
        looksRight("mailbox-new");
        window.find("#sandbox_address").sendKeys("try@acme.example", Keys.ENTER);
        window.waitForTitle("try@acme.example · Postrider");
        assertThat(window.text()).contains("The mailbox is connected.", "Nothing yet.");
        var member = acme.as(Role.MEMBER);
        var sent =
                member.post(
                        "/smtp/send-email",
                        "{\"to\": \"grace@example.org\", \"subject\": \"Invoice 17\","
                                + " \"message\": \"Hello Grace,\\n\\nhere is your invoice.\"}");
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        window.waitForText("Invoice 17");
        go(window.url().substring(Api.publicUrl().length()).replaceFirst("\\?.*", ""));
        assertThat(window.text()).contains("1 message in 24 hours");
        looksRight("mailbox-sandbox");
        window.click("Invoice 17");
        window.waitForTitle("Invoice 17 · Postrider");
        assertThat(window.text()).contains("here is your invoice");
        looksRight("mailbox-message");
    }

    @Test
    void whatNeedsSomebodyStandsFirstAndSaysWhatToDo() {
        acme.sandbox("sales@acme.example");
        var busy = acme.made("/mailboxes", limited("support@acme.example"));
        use(busy, 412);
        var full = acme.made("/mailboxes", limited("news@acme.example"));
        use(full, 500);
        rest(full);
        hold(acme.sandbox("ann@acme.example"));
        acme.owner.patch(
                "/mailboxes/" + acme.sandbox("old@acme.example"), "{\"state\": \"paused\"}");
        signIn(Role.OWNER);
        go("/console/mailboxes");
        assertThat(window.text())
                .contains(
                        "3 send (1 of them at a limit or waiting for a server), 1 needs attention, 1"
                                + " paused.")
                .containsSubsequence("ann@acme.example", "sales@acme.example")
                .contains("412 of 500 messages", "The server refused the login");
        looksRight("mailboxes");
        window.click("ann@acme.example");
        window.waitForTitle("ann@acme.example · Postrider");
        assertThat(window.text()).contains("535 5.7.8 Bad credentials", "its emails wait");
    }

    @Test
    void aServerIsLoggedInToAndShownAndItsPasswordReplaced() {
        try (var server =
                Sink.start(SinkOptions.standard().withUser("ann@acme.example", "richtig"))) {
            signIn(Role.OWNER);
            go("/console/mailboxes/new");
            window.find("#address").sendKeys("ann@acme.example");
            window.find("[id='smtp.password']").sendKeys("falsch");
            window.find("#server summary").click();
            window.find("[id='smtp.host']").sendKeys("127.0.0.1");
            window.find("[id='smtp.port']").sendKeys(String.valueOf(server.port()));
            window.find("[id='smtp.tls']").sendKeys("None");
            window.click("Connect and log in");
            window.waitForTitle("ann@acme.example · Postrider");
            assertThat(window.text()).contains("Needs attention", "535");
            looksRight("mailbox-held");
            assertThat(window.find("[name=username]").isDisplayed()).isFalse();
            window.find("[id='smtp.password']").sendKeys("richtig");
            window.click("Save the login");
            Awaitility.await().until(() -> window.text().contains("Saved."));
            window.click("Verify now");
            Awaitility.await().until(() -> window.text().contains("It works"));
            assertThat(window.text()).contains("Server", "127.0.0.1, port " + server.port());
            looksRight("mailbox-verified");
            window.click("Change its limits");
            window.find("[id='limits.messages_per_day']").sendKeys("many");
            window.click("Save the limits");
            Awaitility.await().until(() -> window.text().contains("must be a whole number from 1"));
            complainsOf(422);
            window.find("[id='limits.messages_per_day']").clear();
            window.find("[id='limits.messages_per_day']").sendKeys("200", Keys.ENTER);
            Awaitility.await().until(() -> window.text().contains("of 200 messages"));
            window.click("Remove this mailbox");
            looksRight("mailbox-remove");
            window.find("details.ask button").click();
            window.waitForTitle("Mailboxes · Postrider");
            assertThat(window.text()).contains("Removed.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRolePausesSetsUpHandsOnAndRemovesTheirOwn(Role role) {
        var made =
                acme.as(role)
                        .post(
                                "/mailboxes",
                                "{\"address\": \"ann@acme.example\", \"provider\": \"smtp\", \"smtp\": {\"host\":"
                                        + " \"127.0.0.1\", \"port\": 9, \"tls\": \"none\", \"password\": \"x\"}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        signIn(role);
        go("/console/mailboxes/" + made.json().path("id").asText());
        window.click("Pause");
        window.waitForText("Paused by its user.");
        window.click("Resume");
        window.waitForText("The mailbox sends again.");
        window.find("#display_name").sendKeys("Ann of Acme");
        window.click("Save the settings");
        window.waitForText("Saved.");
        assertThat(window.find("#display_name").getAttribute("value")).isEqualTo("Ann of Acme");
        window.click("Make a link");
        window.waitForText("The link to connect it again");
        assertThat(window.find("#link").getText()).startsWith(Api.publicUrl() + "/connect/prc_");
        if (role == Role.OWNER) {
            looksRight("mailbox-link");
        }
        window.click("Remove this mailbox");
        window.find("details.ask button").click();
        window.waitForTitle("Mailboxes · Postrider");
        assertThat(window.text()).contains("Removed.").doesNotContain("ann@acme.example");
    }

    @Test
    void anAdminConnectsSomebodyElsesByALinkOrByTheOrganisationsApp() {
        var address = "ann." + UUID.randomUUID() + "@" + FakeProviders.LISTED;
        FakeProviders.microsoft().account(address);
        signIn(Role.ADMIN);
        go("/console/mailboxes/new");
        window.find("#whose").sendKeys("member.");
        window.waitForElement("#whose-choices option[value='" + acme.email(Role.MEMBER) + "']");
        window.find("#whose").clear();
        window.find("#whose").sendKeys(acme.email(Role.MEMBER));
        window.click("Make a link");
        window.waitForText("The link for " + acme.email(Role.MEMBER));
        looksRight("mailbox-link-made");

        window.find("#app option[value='microsoft/daemon']").click();
        window.find("#app_address").sendKeys("ann@example.com");
        window.click("Connect the mailbox");
        window.waitForText("is not one that this app may be used for");
        complainsOf(422);
        looksRight("mailbox-app-wrong");
        window.find("#app_address").clear();
        window.find("#app_address").sendKeys(address);
        window.find("#app-user").sendKeys(acme.email(Role.MEMBER));
        window.click("Connect the mailbox");
        window.waitForTitle(address + " · Postrider");
        assertThat(window.text()).contains("The mailbox is connected.", acme.email(Role.MEMBER));
    }

    private static String limited(String address) {
        return "{\"address\": \"%s\", \"provider\": \"sandbox\", \"limits\": {\"messages_per_day\": 500}}"
                .formatted(address);
    }

    private void use(String mailbox, int messages) {
        database.read(handle ->
                handle.execute(
                        "insert into mailbox_use (workspace_id, mailbox_id, minute, messages,"
                                + " recipients) values (?, ?, now() - interval '3 hours', ?, ?)",
                        acme.workspace,
                        UUID.fromString(mailbox),
                        messages,
                        messages));
    }

    private void rest(String mailbox) {
        database.read(handle ->
                handle.execute(
                        "update lane set rests_until = now() + interval '21 hours', rest_reason ="
                                + " 'Its limit of 500 messages a day is reached.' where workspace_id"
                                + " = ? and mailbox_id = ?",
                        acme.workspace,
                        UUID.fromString(mailbox)));
    }

    private void hold(String mailbox) {
        assertThat(
                        mailboxes.hold(
                                acme.workspace,
                                UUID.fromString(mailbox),
                                new HoldReason(
                                        "login_refused",
                                        "The server refused the login: 535 5.7.8 Bad"
                                                + " credentials")))
                .isTrue();
    }
}
