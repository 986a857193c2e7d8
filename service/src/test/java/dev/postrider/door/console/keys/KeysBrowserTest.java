package dev.postrider.door.console.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** API keys in a real browser, from their making to their end. */
@QuarkusTest
final class KeysBrowserTest extends ConsoleScene {
    @Inject
    KeysBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleMakesChangesAndRevokesTheirOwn(Role role) {
        signIn(role);
        go("/console/keys");
        window.find("#name").sendKeys("crm");
        window.click("Make a key");
        window.waitForText("Your new key, shown this once");
        var key = Api.underTest().with(window.find("#key").getText());
        assertThat(key.get("/emails").status()).isEqualTo(200);
        go("/console/keys");
        window.click("crm");
        window.waitForTitle("crm · Postrider");
        window.find("#name").clear();
        window.find("#name").sendKeys("crm, nightly");
        window.click("Send emails, and nothing else");
        window.find("#per_second").clear();
        window.find("#per_second").sendKeys("0");
        window.click("Save");
        window.waitForText("must be a whole number from 1");
        complainsOf(422);
        if (role == Role.OWNER) {
            looksRight("key-wrong");
        }
        window.find("#per_second").clear();
        window.find("#per_second").sendKeys("5");
        window.click("Save");
        window.waitForText("Saved.");
        assertThat(window.text()).contains("crm, nightly", "Send only");
        assertThat(key.get("/emails").status()).as("it sends only").isEqualTo(401);
        window.click("crm, nightly");
        window.waitForTitle("crm, nightly · Postrider");
        assertThat(window.text()).contains("5 requests a second");
        window.click("Revoke");
        window.click("Revoke it");
        window.waitForText("The key is revoked");
        assertThat(key.post("/emails", "{}").status()).isEqualTo(403);
    }
}
