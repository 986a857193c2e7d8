package dev.postrider.door.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The first minutes: each step done on the page, each ticked off by what was done. */
@QuarkusTest
final class StartBrowserTest extends ConsoleScene {
    @Inject
    StartBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void allStepsAreDoneOnOnePage() {
        signIn(Role.OWNER);
        go("/console/start");
        assertThat(window.text()).contains("1 of 5 done");
        looksRight("start-empty");
        window.click("Make a sandbox");
        window.waitForText("2 of 5 done");
        assertThat(window.text()).contains("demo@example.com is connected");
        window.find("#to").sendKeys("grace@example.org", Keys.ENTER);
        window.waitForText("It is kept in the sandbox");
        window.find("#name").sendKeys("My CRM", Keys.ENTER);
        window.waitForText("Your key, shown this once");
        var key = window.find("#key").getText();
        assertThat(Api.underTest().with(key).get("/me").status()).isEqualTo(200);
        looksRight("start-key");
        window.find("#endpoint").sendKeys("http://127.0.0.1:9/postrider", Keys.ENTER);
        window.waitForText("signing secret, shown this once");
        assertThat(window.text()).contains("5 of 5 done", "All is set up.");
        looksRight("start-done");
    }

    @Test
    void whatIsWrongIsSaidBesideTheField() {
        signIn(Role.ADMIN);
        go("/console/start");
        window.find("#endpoint").sendKeys("ftp://hooks.example.com", Keys.ENTER);
        window.waitForText("must");
        assertThat(window.find("#endpoint-note").getText()).contains("must");
        assertThat(window.find("#endpoint").getAttribute("value"))
                .isEqualTo("ftp://hooks.example.com");
        complainsOf(422);
    }

    @Test
    void aMemberIsLeftWhatMembersMay() {
        signIn(Role.MEMBER);
        go("/console/start");
        assertThat(window.text())
                .contains("Owners and admins of your workspace see to webhooks.")
                .doesNotContain("Public URL");
        looksRight("start-member");
    }
}
