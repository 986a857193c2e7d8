package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The whole way in a real browser. */
@QuarkusTest
final class ConnectBrowserTest extends BrowserScene {
    @Inject
    ConnectBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void aMailboxIsConnectedAndSends() {
        var link =
                open(
                        "{'address': '%s', 'return_url': '%s/back', 'state': 'tab=7'}"
                                .formatted(address, google.base()));
        looksRight("choose");
        window.click("Continue with Google");
        consentAtGoogle(address);
        window.waitForUrl(google.base() + "/back?status=connected");
        var outcome = Visitor.query(window.url());
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
        Awaitility.await().untilAsserted(() -> assertThat(google.sent(address)).hasSize(1));
        window.open(url(link));
        window.waitForTitle("Your mailbox is connected");
        looksRight("done");
    }

    @Test
    void withoutAReturnUrlTheOutcomeStaysHere() {
        open("{}");
        window.click("Continue with Microsoft");
        consentAtMicrosoft(address);
        window.waitForTitle("Your mailbox is connected");
        assertThat(window.url()).matches(Api.publicUrl() + "/connect/[0-9a-f-]{36}");
        assertThat(window.text()).contains(address);
    }

    @Test
    void aForeignServerIsAskedForAndFailuresAreToldInWords() {
        window.speak("de");
        open("{'providers': ['smtp', 'google']}");
        window.click("Anderes Postfach");
        window.find("#address").sendKeys("anna@nirgends.invalid");
        window.find("#password").sendKeys("geheim");
        window.click("Prüfen und verbinden");
        window.waitForTitle("Ihr Postfach verbinden");
        assertThat(window.text()).contains("Wir brauchen Ihren Mailserver");
        assertThat(window.find("#host").isDisplayed()).isTrue();
        assertThat(window.find("#password").getAttribute("value")).isEmpty();
        complainsOf(422);
        looksRight("server");
    }

    /** Tab, Enter and Space are enough. */
    @Test
    void theKeyboardIsEnough() {
        open("{'providers': ['google', 'smtp']}");
        window.press(Keys.TAB);
        assertThat(window.focused()).isEqualTo("BUTTON Continue with Google");
        window.press(Keys.TAB);
        assertThat(window.focused()).startsWith("SUMMARY Another mailbox");
        window.press(Keys.ENTER);
        window.press(Keys.TAB);
        window.press("ann@nowhere.invalid", Keys.TAB, "x", Keys.ENTER);
        window.waitForTitle("Connect your mailbox");
        assertThat(window.text()).contains("We need your mail server");
        complainsOf(422);
    }
}
