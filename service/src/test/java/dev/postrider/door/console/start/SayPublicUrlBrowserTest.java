package dev.postrider.door.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.rig.Chromium;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The first step, where the environment hasn't done it: the one test for which the program starts
 * once more.
 */
@QuarkusTest
@TestProfile(SayPublicUrlBrowserTest.NotSaid.class)
final class SayPublicUrlBrowserTest {
    /** The usual environment but for the public URL. */
    public static final class NotSaid implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(
                            TestEnvironment.class,
                            Map.of(TestEnvironment.WITHOUT_PUBLIC_URL, "true")));
        }
    }

    @Test
    void theOperatorSaysWhereItIsReachedAndLinksLeadThere() {
        var here =
                ConfigProvider.getConfig()
                        .getValue("test.url", String.class)
                        .replaceFirst("/+$", "");
        var window = Chromium.fresh();
        window.open(here + "/console/mailboxes/new");
        window.find("#email").sendKeys(TestEnvironment.ADMIN_EMAIL);
        window.find("#password").sendKeys(TestEnvironment.ADMIN_PASSWORD, Keys.ENTER);
        window.waitForTitle("Connect a mailbox · Postrider");
        assertThat(window.text()).contains("Links can be made once Postrider knows where");
        window.click("First steps");
        window.waitForTitle("First steps · Postrider");
        assertThat(window.text()).contains("0 of 5 done");
        window.find("#public_url").clear();
        window.find("#public_url").sendKeys("http://mail.example.com", Keys.ENTER);
        window.waitForElement("#public_url[aria-invalid]");
        assertThat(window.text()).contains("0 of 5 done");

        window.find("#public_url").clear();
        window.find("#public_url").sendKeys(here, Keys.ENTER);
        window.waitForText("1 of 5 done");

        assertThat(window.find("#public_url").getAttribute("value")).isEqualTo(here);
        window.open(here + "/console/mailboxes/new");
        window.click("Make a link");
        window.waitForText("The link for");
        assertThat(window.find("#link").getText()).startsWith(here + "/connect/prc_");
    }
}
