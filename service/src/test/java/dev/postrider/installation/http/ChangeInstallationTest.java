package dev.postrider.installation.http;

import static dev.postrider.http.Api.assertProblem;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may say where the installation is reached, and what may be said. */
@QuarkusTest
final class ChangeInstallationTest {
    private static final String GOOD = "{\"public_url\": \"https://mail.example.com\"}";

    private final Database database;
    private final Users users;
    private final Api operator =
            Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);

    @Inject
    ChangeInstallationTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @Test
    void ownersOfOtherWorkspacesMayNot() {
        var other = ConsoleTenant.named(database, users, "Other");
        assertProblem(other.owner.patch("/installation", GOOD), 403, "forbidden");
    }

    @Test
    void keysMayNot() {
        var key = operator.post("/api-keys", "{\"name\": \"installation\"}").json();
        var answer = Api.underTest().with(key.path("token").asText()).patch("/installation", GOOD);
        assertProblem(answer, 401, "restricted_api_key");
    }

    @Test
    void whatTheEnvironmentSaysStays() {
        assertProblem(operator.patch("/installation", GOOD), 409, "conflict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mail.example.com",
                "https://mail.example.com/?a=b",
                "https://user@mail.example.com",
                "ftp://localhost",
                "javascript:alert(1)",
                "mail.example.com",
                ""
            })
    void onlyWhatBrowsersReachSafelyIsTaken(String url) {
        assertProblem(
                operator.patch("/installation", "{\"public_url\": \"%s\"}".formatted(url)),
                422,
                "invalid_input");
    }
}
