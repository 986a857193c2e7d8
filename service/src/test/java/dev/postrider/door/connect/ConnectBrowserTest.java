package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.Chromium;
import dev.postrider.rig.FakeProviders;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The whole way in a real browser; whatever its console complains of fails the test. */
@QuarkusTest
final class ConnectBrowserTest {
    private final Users users;
    private final Database database;
    private FakeGoogle google;
    private FakeMicrosoft microsoft;
    private final String address =
            "ann." + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    private ConnectTenant acme;
    private Chromium browser;

    @Inject
    ConnectBrowserTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void accounts() {
        google = FakeProviders.google();
        microsoft = FakeProviders.microsoft();
        acme = ConnectTenant.named(database, users, "Acme");
        browser = Chromium.fresh();
        google.account(address);
        google.account("other@example.com");
        microsoft.account(address);
        var allowed =
                acme.owner.patch("/workspace", "{\"return_urls\": [\"" + google.base() + "\"]}");
        assertThat(allowed.status()).isEqualTo(200);
    }

    @AfterEach
    void nothingIsComplainedOf() {
        assertThat(browser.complaints(Api.publicUrl())).isEmpty();
    }

    /** In both colours, on a phone and on a desk. */
    private void looksRight(String name) {
        for (var width : new int[] {390, 1280}) {
            for (var dark : new boolean[] {false, true}) {
                browser.look(width, dark);
                var shown = name + "-" + width + (dark ? "-dark" : "");
                assertThat(browser.barriers()).as(shown).isEmpty();
                assertThat(browser.overflows()).as(shown).isFalse();
                browser.takePicture(shown);
            }
        }
        browser.look(1280, false);
    }

    private JsonNode open(String body) {
        var link = acme.link(body);
        browser.open(link.path("url").asText());
        return link;
    }

    private void consentAtGoogle(String account) {
        browser.waitForTitle("Sign in with Google (a fake)");
        browser.find("input[name=account][value='" + account + "']").click();
        var box = browser.find("input[name=scope]");
        if (!box.isSelected()) {
            box.click();
        }
        browser.find("button[value=allow]").click();
    }

    @Test
    void aMailboxIsConnectedAndSends() {
        var link =
                open(
                        "{'address': '%s', 'return_url': '%s/back', 'state': 'tab=7'}"
                                .formatted(address, google.base()));
        looksRight("choose");
        browser.click("Continue with Google");
        consentAtGoogle(address);
        browser.waitForUrl(google.base() + "/back?status=connected");
        var outcome = Visitor.query(browser.url());
        assertThat(outcome).containsEntry("state", "tab=7");
        assertThat(acme.link(link).path("mailbox_id").asText())
                .isEqualTo(outcome.get("mailbox_id"));
        var sent =
                acme.owner.post(
                        "/emails",
                        ("{\"from\": \"%s\", \"to\": \"grace@example.org\", \"subject\": \"By browser\","
                                        + " \"text\": \"Hello\"}")
                                .formatted(address));
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(google.sent(address)).hasSize(1));
        browser.open(link.path("url").asText());
        browser.waitForTitle("Your mailbox is connected");
        looksRight("done");
    }

    @Test
    void withoutAReturnUrlTheOutcomeStaysHere() {
        open("{}");
        browser.click("Continue with Microsoft");
        browser.waitForTitle("Sign in to your account (a fake Microsoft)");
        browser.find("input[name=account][value='" + address + "']").click();
        browser.find("button[value=accept]").click();
        browser.waitForTitle("Your mailbox is connected");
        assertThat(browser.url()).matches(Api.publicUrl() + "/connect/[0-9a-f-]{36}");
        assertThat(browser.text()).contains(address);
    }

    @Test
    void eachWrongTurnHasAPageFromWhichOneCanGoOn() {
        var link =
                open("{'address': '" + address + "', 'return_url': '" + google.base() + "/back'}");
        browser.click("Continue with Google");
        consentAtGoogle("other@example.com");
        browser.waitForTitle("That was another account");
        assertThat(browser.text()).contains("other@example.com", address);
        looksRight("wrong-account");
        browser.click("Choose another account at Google");
        browser.waitForTitle("Sign in with Google (a fake)");
        browser.find("button[value=deny]").click();
        browser.waitForTitle("The permission was not given");
        looksRight("denied");
        google.answerNextConsentWith("admin_policy_enforced");
        browser.click("Try again with Google");
        consentAtGoogle(address);
        browser.waitForTitle("Your administrator has to agree first");
        assertThat(browser.find("#admin-link").getText()).contains("adminconsent", "client_id=");
        looksRight("admin");
        browser.click("Try again with Google");
        browser.waitForTitle("Sign in with Google (a fake)");
        browser.find("input[name=account][value='" + address + "']").click();
        if (browser.find("input[name=scope]").isSelected()) {
            browser.find("input[name=scope]").click();
        }
        browser.find("button[value=allow]").click();
        browser.waitForTitle("One permission is missing");
        looksRight("permission");
        assertThat(acme.mailboxes()).isEmpty();
        browser.click("Back to 127.0.0.1");
        browser.waitForUrl(google.base() + "/back?status=failed&error=permission_missing");
        browser.open(link.path("url").asText());
        browser.click("Continue with Google");
        consentAtGoogle(address);
        browser.waitForUrl(google.base() + "/back?status=connected");
    }

    @Test
    void linksThatAreGoodForNothingSaySo() {
        browser.open(Api.publicUrl() + "/connect/prc_unknown");
        browser.waitForTitle("This link is not one of ours");
        // a page that isn't there is what the console may complain of
        assertThat(browser.complaints(Api.publicUrl())).allMatch(line -> line.contains("404"));
        looksRight("unknown");
        var link = acme.link("{}");
        acme.owner.delete("/connect-links/" + link.path("id").asText());
        browser.open(link.path("url").asText());
        browser.waitForTitle("This link is no longer valid");
        assertThat(browser.complaints(Api.publicUrl())).allMatch(line -> line.contains("410"));
    }

    @Test
    void aForeignServerIsAskedForAndFailuresAreToldInWords() {
        browser.speak("de");
        open("{'providers': ['smtp', 'google']}");
        browser.click("Anderes Postfach");
        browser.find("#address").sendKeys("anna@nirgends.invalid");
        browser.find("#password").sendKeys("geheim");
        browser.click("Prüfen und verbinden");
        browser.waitForTitle("Ihr Postfach verbinden");
        assertThat(browser.text()).contains("Wir brauchen Ihren Mailserver");
        assertThat(browser.find("#host").isDisplayed()).isTrue();
        assertThat(browser.find("#password").getAttribute("value")).isEmpty();
        // an answer of 422 is what the console may complain of
        assertThat(browser.complaints(Api.publicUrl())).allMatch(line -> line.contains("422"));
        looksRight("server");
    }

    /** Tab, Enter and Space are enough. */
    @Test
    void theKeyboardIsEnough() {
        open("{'providers': ['google', 'smtp']}");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("BUTTON Continue with Google");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).startsWith("SUMMARY Another mailbox");
        browser.press(Keys.ENTER);
        browser.press(Keys.TAB);
        browser.press("ann@nowhere.invalid", Keys.TAB, "x", Keys.ENTER);
        browser.waitForTitle("Connect your mailbox");
        assertThat(browser.text()).contains("We need your mail server");
        assertThat(browser.complaints(Api.publicUrl())).allMatch(line -> line.contains("422"));
    }
}
