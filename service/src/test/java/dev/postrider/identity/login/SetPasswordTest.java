package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.OpaqueToken.Kind;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class SetPasswordTest {
    private static final String EMAIL = "ann@example.com";
    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final Database database;

    SetPasswordTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void oneUser() {
        database.read(handle -> handle.execute("truncate login_attempt, workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of(EMAIL), Optional.of(PASSWORD));
    }

    @Test
    void aMadeUpTicketIsRefusedWithoutHashingAnything() {
        var nothingIsHashed = Executors.newSingleThreadExecutor();
        nothingIsHashed.shutdown();
        var setPassword = setPassword(new Passwords(Passwords.Cost.STANDARD, nothingIsHashed));
        assertThat(setPassword.withTicket(OpaqueToken.random(Kind.TICKET), "new horses", HOME))
                .isInstanceOf(SetPassword.Result.BadTicket.class);
        var ticket = ticket();
        assertThat(setPassword.withTicket(ticket, "new horses", HOME))
                .isInstanceOf(SetPassword.Result.Busy.class);
        clock.advance(Duration.ofDays(8));
        assertThat(setPassword.withTicket(ticket, "new horses", HOME))
                .isInstanceOf(SetPassword.Result.BadTicket.class);
    }

    @Test
    void aTicketIsUsedOnceHoweverManyTryAtOnce() throws Exception {
        var ticket = ticket();
        var setPassword = setPassword(CheapPasswords.shared());
        assertThat(Parallel.times(8, () -> setPassword.withTicket(ticket, "new horses", HOME)))
                .filteredOn(SetPassword.Result.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void wrongCurrentPasswordsAreGuessesLikeThoseOfALogin() throws Exception {
        var setPassword = setPassword(CheapPasswords.shared());
        var results =
                Parallel.times(
                        150, () -> setPassword.withCurrent(ann(), "wrong", "new horses", HOME));
        assertThat(results)
                .filteredOn(SetPassword.Result.WrongPassword.class::isInstance)
                .hasSize(6);
        assertThat(setPassword.withCurrent(ann(), PASSWORD, "new horses", HOME))
                .isEqualTo(new SetPassword.Result.Throttled(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(setPassword.withCurrent(ann(), PASSWORD, "new horses", HOME))
                .isInstanceOf(SetPassword.Result.Done.class);
    }

    private SetPassword setPassword(Passwords passwords) {
        return new SetPassword(database, passwords, new LoginThrottle(database, clock), clock);
    }

    private OpaqueToken ticket() {
        return database.inTransaction(handle ->
                PasswordTicket.make(
                                handle,
                                ann().workspaceId(),
                                ann().userId(),
                                clock.instant().plus(PasswordTicket.FOR_INVITED))
                        .token());
    }

    private Caller ann() {
        return new FindLogin(database).byEmail(EMAIL).orElseThrow().user();
    }
}
