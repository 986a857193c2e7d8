package dev.postrider.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Role;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.login.FindLogin;
import dev.postrider.identity.login.Passwords;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
final class FirstUserTest {
    private static final Optional<String> EMAIL = Optional.of("Ann@Example.com");
    private static final Optional<String> PASSWORD = Optional.of("correct horse");

    private final Database database;
    private final FirstUser firstUser;

    FirstUserTest(Database database) {
        this.database = database;
        this.firstUser = new FirstUser(database, CheapPasswords.shared());
    }

    @BeforeEach
    void nobody() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
    }

    @Test
    void theyOwnTheDefaultWorkspace() {
        assertThat(firstUser.create(EMAIL, PASSWORD))
                .isEqualTo(new FirstUser.Result.Created("Ann@Example.com", Optional.empty()));
        var user = new FindLogin(database).byEmail("ann@example.com").orElseThrow();
        assertThat(user.user().role()).isEqualTo(Role.OWNER);
        assertThat(user.user().email()).isEqualTo("Ann@Example.com");
        assertThat(workspaceName()).isEqualTo("default");
    }

    @Test
    void withoutSettingsAPasswordIsGenerated() {
        var created =
                (FirstUser.Result.Created) firstUser.create(Optional.empty(), Optional.empty());
        assertThat(created.email()).isEqualTo("admin@localhost");
        var password = created.generatedPassword().orElseThrow();
        assertThat(password).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
        assertThat(created.toString()).doesNotContain(password);
        var hash = new FindLogin(database).byEmail("admin@localhost").orElseThrow().passwordHash();
        assertThat(CheapPasswords.shared().check("me", password, hash))
                .isInstanceOf(Passwords.Verdict.Right.class);
    }

    @Test
    void whereThereIsAUserNothingHappens() {
        assertThat(firstUser.create(EMAIL, PASSWORD)).isInstanceOf(FirstUser.Result.Created.class);
        assertThat(firstUser.create(Optional.of("bad"), Optional.of("short")))
                .isInstanceOf(FirstUser.Result.NotNeeded.class);
        assertThat(users()).isOne();
    }

    @Test
    void ofNodesThatStartTogetherOneMakesThem() throws Exception {
        var results = Parallel.times(6, () -> firstUser.create(Optional.empty(), Optional.empty()));
        assertThat(results).filteredOn(FirstUser.Result.Created.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(FirstUser.Result.NotNeeded.class::isInstance).hasSize(5);
        assertThat(users()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "@example.com",
                "ann@",
                "a nn@example.com",
                "a@b@c",
                "a\n@example.com"
            })
    void whatIsNoEmailAddressIsRefused(String email) {
        assertThat(firstUser.create(Optional.of(email), PASSWORD))
                .isEqualTo(new FirstUser.Result.BadEmail(email));
        assertThat(users()).isZero();
    }

    @Test
    void aShortPasswordIsRefused() {
        assertThat(firstUser.create(EMAIL, Optional.of("1234567")))
                .isEqualTo(new FirstUser.Result.BadPassword("must have 8 to 1024 characters"));
        assertThat(users()).isZero();
    }

    private String workspaceName() {
        return database.read(handle ->
                handle.createQuery("select name from workspace").mapTo(String.class).one());
    }

    private int users() {
        return database.read(handle ->
                handle.createQuery("select count(*) from user_account").mapTo(Integer.class).one());
    }
}
