package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way has a page that says so, and what to do. */
@QuarkusTest
final class WrongTurnsBrowserTest extends BrowserScene {
    @Inject
    WrongTurnsBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void eachWrongTurnHasAPageFromWhichOneCanGoOn() {
        var link =
                open("{'address': '" + address + "', 'return_url': '" + google.base() + "/back'}");
        window.click("Continue with Google");
        consentAtGoogle("other@example.com");
        window.waitForTitle("That was another account");
        assertThat(window.text()).contains("other@example.com", address);
        looksRight("wrong-account");
        window.click("Choose another account at Google");
        window.waitForTitle("Sign in with Google (a fake)");
        window.find("button[value=deny]").click();
        window.waitForTitle("The permission was not given");
        looksRight("denied");
        google.answerNextConsentWith("admin_policy_enforced");
        window.click("Try again with Google");
        consentAtGoogle(address);
        window.waitForTitle("Your administrator has to agree first");
        assertThat(window.find("#for-admin").getText()).isEqualTo(google.app().clientId());
        looksRight("admin-google");
        window.click("Try again with Google");
        window.waitForTitle("Sign in with Google (a fake)");
        window.find("input[name=account][value='" + address + "']").click();
        if (window.find("input[name=scope]").isSelected()) {
            window.find("input[name=scope]").click();
        }
        window.find("button[value=allow]").click();
        window.waitForTitle("One permission is missing");
        looksRight("permission");
        assertThat(acme.mailboxes()).isEmpty();
        window.click("Back to 127.0.0.1");
        window.waitForUrl(google.base() + "/back?status=failed&error=permission_missing");
        window.open(url(link));
        window.click("Continue with Google");
        consentAtGoogle(address);
        window.waitForUrl(google.base() + "/back?status=connected");
    }

    @Test
    void aPermissionThatWouldNotLastIsAskedForAgain() {
        google.faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.remove("refresh_token")));
        open("{}");
        window.click("Continue with Google");
        consentAtGoogle(address);
        window.waitForTitle("The permission would not have lasted");
        looksRight("no-refresh-token");
        assertThat(acme.mailboxes()).isEmpty();
        window.click("Try again with Google");
        consentAtGoogle(address);
        window.waitForTitle("Your mailbox is connected");
    }

    @Test
    void anAppInTestingKnowsListedPeopleOnly() {
        google.app().inTesting("somebody@example.com");
        try {
            open("{}");
            window.click("Continue with Google");
            consentAtGoogle(address);
            window.waitForTitle("The permission was not given");
            assertThat(window.text()).contains("may still be in testing");
            assertThat(acme.mailboxes()).isEmpty();
        } finally {
            google.app().inProduction();
        }
        window.click("Try again with Google");
        consentAtGoogle(address);
        window.waitForTitle("Your mailbox is connected");
    }

    @Test
    void anAdministratorAgreesAndThenItsUserConnects() {
        var domain = "closed-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        var member = microsoft.account("ann@" + domain).address();
        var admin = microsoft.account("root@" + domain).address();
        microsoft.tenant(domain).usersMayConsentTo(MicrosoftTenant.Consent.NOTHING);
        microsoft.switches().turn(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK, true);
        try {
            var link = open("{'providers': ['microsoft', 'google']}");
            window.click("Continue with Microsoft");
            consentAtMicrosoft(member);
            window.waitForTitle("Your administrator has to agree first");
            looksRight("admin-microsoft");
            window.open(window.find("#for-admin").getText());
            window.waitForTitle("Permissions requested: review for your organization (a fake)");
            window.find("input[name=account]").sendKeys(admin);
            window.find("button[value=accept]").click();
            window.waitForTitle("Thank you");
            looksRight("admin-agreed");
            assertThat(acme.mailboxes()).isEmpty();
            window.open(url(link));
            window.click("Continue with Microsoft");
            consentAtMicrosoft(member);
            window.waitForTitle("Your mailbox is connected");
            assertThat(window.text()).contains(member);
        } finally {
            microsoft.switches().turn(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK, false);
        }
    }

    @Test
    void withoutItsCookieAnAnswerIsNobodys() {
        var link = open("{}");
        window.click("Continue with Google");
        window.waitForTitle("Sign in with Google (a fake)");
        window.forgetCookies();
        consentAtGoogle(address);
        window.waitForTitle("Your browser did not recognise this page");
        looksRight("cookie-missing");
        complainsOf(403);
        assertThat(acme.mailboxes()).isEmpty();
        assertThat(acme.link(link).path("status").asText()).isEqualTo("open");
    }

    @Test
    void linksThatAreGoodForNothingSaySo() {
        window.open(Api.publicUrl() + "/connect/prc_unknown");
        window.waitForTitle("This link is not one of ours");
        complainsOf(404);
        looksRight("unknown");
        var revoked = acme.link("{}");
        acme.owner.delete("/connect-links/" + revoked.path("id").asText());
        window.open(url(revoked));
        window.waitForTitle("This link is no longer valid");
        complainsOf(410);
        var expired = acme.link("{}");
        database.read(handle ->
                handle.execute(
                        "update connect_link set expires_at = now() where id = ?",
                        UUID.fromString(expired.path("id").asText())));
        window.open(url(expired));
        window.waitForTitle("This link has expired");
        complainsOf(410);
        var used = acme.link("{}");
        browser.open(used);
        browser.get(google.consent(browser.start(used, "google/default"), address).toString());
        window.open(url(used));
        window.waitForTitle("This link has been used");
        complainsOf(410);
    }
}
