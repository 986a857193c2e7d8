package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.postrider.audit.AuditLog;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is let in by a password. */
@ExtendWith(TestDatabase.class)
final class LogInTest {
    private static final String EMAIL = "Ann@Example.com";
    private static final String PASSWORD = "correct horse";

    private final Database database;
    private final LogIn logIn;

    LogInTest(Database database) {
        var clock = new SettableClock();
        this.database = database;
        this.logIn = logIn(database, clock);
    }

    static LogIn logIn(Database database, SettableClock clock) {
        return new LogIn(
                database,
                CheapPasswords.shared(),
                new LoginThrottle(database, clock),
                new AuditLog(database));
    }

    @BeforeEach
    void oneUser() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of(EMAIL), Optional.of(PASSWORD));
    }

    @Test
    void theEmailIsReadInAnyCase() {
        assertThat(logIn.with("aNN@eXAMPLE.COM", PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Done.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreRefusedAlike() {
        assertThat(logIn.with(EMAIL, "wrong horse", "192.0.2.1"))
                .isEqualTo(logIn.with("bob@example.com", PASSWORD, "192.0.2.1"))
                .isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void aUserWhoSignsInElsewhereHasNoPassword() {
        database.read(handle -> handle.execute("update user_account set password_hash = null"));
        assertThat(withPassword()).isInstanceOf(LogIn.Result.Refused.class);
    }

    @Test
    void aLoginRenewsAHashWithOtherParameters() {
        var older = Argon2Function.getInstance(4096, 3, 1, 32, Argon2.ID).hash(PASSWORD);
        database.read(handle ->
                handle.execute("update user_account set password_hash = ?", older.getResult()));
        assertThat(withPassword()).isInstanceOf(LogIn.Result.Done.class);
        var hash = new FindLogin(database).byEmail(EMAIL).orElseThrow().passwordHash();
        assertThat(hash.orElseThrow()).contains("$m=64,t=1,p=1$");
        assertThat(withPassword()).isInstanceOf(LogIn.Result.Done.class);
    }

    private LogIn.Result withPassword() {
        return logIn.with(EMAIL, PASSWORD, "192.0.2.1");
    }
}
