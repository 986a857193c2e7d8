package dev.postrider.door.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Signing in and out, in a real browser. */
@QuarkusTest
final class SignInBrowserTest extends ConsoleScene {
    @Inject
    SignInBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void theWayLeadsBackToWhereOneWantedToGo() {
        go("/console/start?why=not");
        window.waitForTitle("Sign in · Postrider");
        looksRight("sign-in");
        window.find("#email").sendKeys(acme.email(Role.ADMIN));
        window.find("#password").sendKeys(ConsoleTenant.PASSWORD, Keys.ENTER);
        window.waitForUrl(Api.publicUrl() + "/console/start?why=not");
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneTakenAfterIt() {
        go("/console/sign-in");
        window.find("#email").sendKeys(acme.email(Role.OWNER));
        window.find("#password").sendKeys("falsch", Keys.ENTER);
        window.waitForTitle("Sign in · Postrider");
        assertThat(window.find("[role=alert]").getText())
                .isEqualTo("The email or the password is wrong.");
        assertThat(window.find("#email").getAttribute("value")).isEqualTo(acme.email(Role.OWNER));
        complainsOf(422);
        looksRight("sign-in-wrong");
        window.find("#password").sendKeys(ConsoleTenant.PASSWORD, Keys.ENTER);
        window.waitForTitle("Overview · Postrider");
    }

    @Test
    void whoSignsOutIsOut() {
        signIn(Role.MEMBER);
        window.click("Sign out");
        window.waitForTitle("Sign in · Postrider");
        assertThat(window.text()).contains("You are signed out.");
        go("/console");
        window.waitForTitle("Sign in · Postrider");
    }
}
