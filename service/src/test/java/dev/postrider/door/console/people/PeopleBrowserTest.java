package dev.postrider.door.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The pages of people, of one's account and of keys in a real browser. */
@QuarkusTest
final class PeopleBrowserTest extends ConsoleScene {
    @Inject
    PeopleBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void anOwnerInvitesSomebodyWhoChoosesAPasswordAndSignsIn() {
        signIn(Role.OWNER);
        go("/console/people");
        window.find("#email").sendKeys("ann." + acme.workspace + "@acme.example");
        window.find("#role").sendKeys("Admin");
        window.click("Make an invitation");
        Awaitility.await().until(() -> window.text().contains("The invitation for"));
        looksRight("people-invited");
        var link = window.find("#link").getText();
        window.forgetCookies();
        window.open(link);
        window.waitForTitle("Choose a password · Postrider");
        looksRight("choose-password");
        window.find("#new_password").sendKeys(ConsoleTenant.PASSWORD);
        window.find("#repeated_password").sendKeys(ConsoleTenant.PASSWORD, Keys.ENTER);
        window.waitForTitle("Sign in · Postrider");
        window.find("#email").sendKeys("ann." + acme.workspace + "@acme.example");
        window.find("#password").sendKeys(ConsoleTenant.PASSWORD, Keys.ENTER);
        window.waitForTitle("Overview · Postrider");
        window.open(link);
        window.waitForTitle("Choose a password · Postrider");
        assertThat(window.text()).contains("This link is used");
        complainsOf(410);
    }

    @Test
    void peopleAreShownAndRemovedWithTheirMailboxes() {
        var member = acme.as(Role.MEMBER);
        member.post("/mailboxes", "{\"address\": \"bob@acme.example\", \"provider\": \"sandbox\"}");
        acme.owner.post("/connect-links", "{\"external_id\": \"crm-4711\"}");
        signIn(Role.OWNER);
        go("/console/people");
        looksRight("people");
        window.click("Users of your application");
        Awaitility.await().until(() -> window.text().contains("crm-4711"));
        looksRight("people-external");
        window.click("crm-4711");
        window.waitForTitle("crm-4711 · Postrider");
        looksRight("person-external");
        go("/console/people/" + acme.id(Role.MEMBER));
        looksRight("person");
        window.click("Remove");
        looksRight("person-remove");
        window.click("become the workspace");
        window.click("Remove them");
        window.waitForTitle("People · Postrider");
        assertThat(window.text()).contains("Removed.").doesNotContain(acme.email(Role.MEMBER));
        window.click("Workspace settings");
        window.waitForTitle("Workspace · Postrider");
        looksRight("workspace");
        window.find("#name").clear();
        window.find("#name").sendKeys(MARKUP, Keys.ENTER);
        Awaitility.await().until(() -> window.text().contains("Saved."));
        nothingRan();
    }

    @Test
    void anAdminGivesARoleDeactivatesActivatesAndMakesALink() {
        signIn(Role.ADMIN);
        go("/console/people");
        window.click(acme.email(Role.MEMBER));
        window.waitForTitle(acme.email(Role.MEMBER) + " · Postrider");
        window.find("#role option[value=admin]").click();
        window.click("Save the role");
        window.waitForText("Saved.");
        assertThat(acme.as(Role.MEMBER).get("/me").json().path("role").asText()).isEqualTo("admin");
        window.click("Make a link");
        window.waitForText("A link to choose a password");
        assertThat(window.find("#link").getText()).startsWith(Api.publicUrl() + "/console/");
        looksRight("person-link");
        window.click("Deactivate");
        window.click("Deactivate them");
        window.waitForText("Deactivated");
        looksRight("person-deactivated");
        window.click("Activate");
        window.waitForElement("form[action$='/deactivate']");
        go("/console/people/" + acme.id(Role.OWNER));
        assertThat(window.text()).contains("Only owners change an owner.");
        assertThat(window.forms()).noneMatch(form -> form.contains("/people/"));
    }

    @Test
    void aMemberMakesAKeyAndChangesTheirPassword() {
        signIn(Role.MEMBER);
        go("/console/keys");
        looksRight("keys-empty");
        window.find("#name").sendKeys(MARKUP.substring(0, 40));
        window.click("Send emails, and nothing else");
        window.find("#per_second").sendKeys("20", Keys.ENTER);
        Awaitility.await().until(() -> window.text().contains("shown this once"));
        assertThat(window.find("#example").getText()).contains(window.find("#key").getText());
        looksRight("key-made");
        go("/console/keys");
        window.click("Revoke");
        looksRight("keys");
        window.click("Revoke it");
        Awaitility.await().until(() -> window.text().contains("The key is revoked"));
        go("/console/account");
        looksRight("account");
        window.find("#current_password").sendKeys("falsch");
        window.find("#new_password").sendKeys("neue Leiter");
        window.find("#repeated_password").sendKeys("neue Leiter", Keys.ENTER);
        Awaitility.await().until(() -> window.text().contains("is wrong"));
        looksRight("account-wrong");
        complainsOf(422);
        window.find("#current_password").sendKeys(ConsoleTenant.PASSWORD);
        window.find("#new_password").sendKeys("neue Leiter");
        window.find("#repeated_password").sendKeys("neue Leiter", Keys.ENTER);
        window.waitForTitle("Sign in · Postrider");
        assertThat(window.text()).contains("Your password is changed");
    }
}
