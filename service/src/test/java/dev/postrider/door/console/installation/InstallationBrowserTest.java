package dev.postrider.door.console.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The installation in a real browser, for those who run it. */
@QuarkusTest
final class InstallationBrowserTest extends ConsoleScene {
    private final Users users;

    @Inject
    InstallationBrowserTest(Users users, Database database) {
        super(users, database);
        this.users = users;
    }

    private String operator(Role role) {
        var email = "op-" + UUID.randomUUID() + "@example.org";
        assertThat(
                        users.create(
                                Caller.FIRST_WORKSPACE,
                                email,
                                role,
                                Optional.of(ConsoleTenant.PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return email;
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"OWNER", "ADMIN"})
    void whoRunsItSeesHowItIsDoing(Role role) {
        var gone = "<img src=x onerror=\"document.title='owned'\">" + UUID.randomUUID();
        database.read(handle ->
                handle.execute(
                        "insert into node (name, seen_at) values (?, now() - interval '2 hours')",
                        gone));
        try {
            go("/console/installation");
            window.find("#email").sendKeys(operator(role));
            window.find("#password").sendKeys(ConsoleTenant.PASSWORD, Keys.ENTER);
            window.waitForTitle("Installation · Postrider");
            window.waitForText(gone);
            assertThat(window.text())
                    .contains(gone + " is gone")
                    .contains("made this page")
                    .contains("PostgreSQL ")
                    .contains("seals now")
                    .contains("7 days")
                    .contains("email and password")
                    .contains("The app at Google");
            assertThat(window.find("#figures").getAttribute("hx-trigger")).isEqualTo("every 5s");
            looksRight("installation-" + role.code());
        } finally {
            database.read(handle -> handle.execute("delete from node where name = ?", gone));
        }
    }

    @Test
    void nobodyElseSeesAnythingOfIt() {
        for (var role : Role.values()) {
            var visitor = ConsoleVisitor.signedIn(acme.email(role));
            assertThat(visitor.page("/console")).doesNotContain("/console/installation");
            var answer = visitor.get("/console/installation");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("Not yours to see").doesNotContain("PostgreSQL");
        }
        var member = ConsoleVisitor.signedIn(operator(Role.MEMBER));
        assertThat(member.page("/console")).doesNotContain("/console/installation");
        assertThat(member.get("/console/installation").status()).isEqualTo(403);
        var owner = ConsoleVisitor.signedIn(operator(Role.OWNER));
        assertThat(owner.page("/console")).contains("/console/installation");
    }
}
