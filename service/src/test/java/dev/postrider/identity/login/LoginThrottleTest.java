package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class LoginThrottleTest {
    private static final String ANN = "ann@example.com";
    private static final String HOME = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final Database database;
    private final LoginThrottle throttle;

    LoginThrottleTest(Database database) {
        this.database = database;
        this.throttle = new LoginThrottle(database, clock);
    }

    @BeforeEach
    void nobodyHasGuessed() {
        database.read(handle -> handle.execute("truncate login_attempt, workspace cascade"));
    }

    @Test
    void fiveSlipsCostNothingAndThenEachPauseIsTwiceTheLast() {
        var guess = new LoginGuess(ANN, HOME);
        guess(guess, 5);
        assertThat(pause(guess)).isEmpty();
        guess(guess, 1);
        assertThat(pause(guess)).contains(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(pause(guess)).isEmpty();
        guess(guess, 1);
        assertThat(pause(guess)).contains(Duration.ofSeconds(2));
        guess(guess, 10);
        assertThat(pause(guess)).contains(Duration.ofMinutes(5));
    }

    @Test
    void theNameIsReadInAnyCaseAndAnIpv6NetworkIsOnePlace() {
        guess(new LoginGuess("ANN@example.com", "2001:db8:1:2:3:4:5:6"), 6);
        assertThat(pause(new LoginGuess(ANN, "2001:db8:1:2:0:0:0:1"))).isPresent();
        assertThat(pause(new LoginGuess(ANN, "2001:db8:1:3:0:0:0:1"))).isEmpty();
    }

    @Test
    void manyAddressesThatGuessAtAUserSlowEachOtherAndNotWhoHasBeenThereBefore() {
        var ann = user(ANN);
        throttle.right(begun(new LoginGuess(ANN, HOME)), ann);
        for (var i = 0; i < 21; i++) {
            guess(new LoginGuess(ANN, "198.51.100." + i), 1);
        }
        assertThat(pause(new LoginGuess(ANN, "198.51.100.99"))).isPresent();
        assertThat(pause(new LoginGuess(ANN, HOME))).isEmpty();
        assertThat(pause(new LoginGuess("bob@example.com", "198.51.100.99"))).isEmpty();
    }

    @Test
    void anAddressThatGuessesAtManyIsSlowedAndNotItsNeighbourWhoHasBeenThereBefore() {
        var ann = user(ANN);
        throttle.right(begun(new LoginGuess(ANN, HOME)), ann);
        for (var i = 0; i < 31; i++) {
            guess(new LoginGuess("user" + i + "@example.com", HOME), 1);
        }
        assertThat(pause(new LoginGuess("somebody@example.com", HOME))).isPresent();
        assertThat(pause(new LoginGuess(ANN, HOME))).isEmpty();
    }

    @Test
    void aRightPasswordEndsTheCountOfItsPlaceOnly() {
        var ann = user(ANN);
        guess(new LoginGuess(ANN, HOME), 5);
        throttle.right(begun(new LoginGuess(ANN, HOME)), ann);
        guess(new LoginGuess(ANN, HOME), 5);
        assertThat(pause(new LoginGuess(ANN, HOME))).isEmpty();
    }

    @Test
    void anHourWithoutGuessesIsForgotten() {
        guess(new LoginGuess(ANN, HOME), 12);
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        guess(new LoginGuess(ANN, HOME), 1);
        assertThat(pause(new LoginGuess(ANN, HOME))).isEmpty();
        throttle.purge(100);
        var rows =
                database.read(handle ->
                        handle.createQuery("select count(*) from login_attempt")
                                .mapTo(Integer.class)
                                .one());
        assertThat(rows).isEqualTo(3);
    }

    @Test
    void ofManyAtOnceOnlyAsManyAreLookedAtAsAreFreeAndTheOneThatBeginsThePause() throws Exception {
        var begun = Parallel.times(150, () -> throttle.begin(new LoginGuess(ANN, HOME)));
        assertThat(begun).filteredOn(LoginThrottle.Begin.Counted.class::isInstance).hasSize(6);
    }

    @Test
    void ofManyAtOnceFromEverywhereNoMoreAreLookedAtEither() throws Exception {
        var number = new AtomicInteger();
        var begun =
                Parallel.times(
                        150,
                        () ->
                                throttle.begin(
                                        new LoginGuess(
                                                ANN, "198.51.100." + number.incrementAndGet())));
        assertThat(begun).filteredOn(LoginThrottle.Begin.Counted.class::isInstance).hasSize(21);
    }

    /** All of an address wait for one row; whoever waits there has a connection. */
    @Test
    void manyAtOnceLeaveConnectionsToOthers() throws Exception {
        guess(new LoginGuess(ANN, HOME), 1);
        var guessing = new ArrayList<Thread>();
        database.inTransaction(handle -> {
            handle.execute("select from login_attempt for update");
            for (var i = 0; i < 50; i++) {
                guessing.add(
                        Thread.startVirtualThread(() -> throttle.begin(new LoginGuess(ANN, HOME))));
            }
            Awaitility.await().until(() -> guessing.stream().allMatch(LoginThrottleTest::isParked));
            Awaitility.await().untilAsserted(() -> assertThat(waitingForLocks()).isEqualTo(4));
            return handle;
        });
        for (var each : guessing) {
            each.join();
        }
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** In this database; asked by a connection of its own. */
    private int waitingForLocks() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select count(*)
                                from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'
                                """)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void onesOwnRightPasswordEndsNoPauseThatGuessesAtOthersMade() {
        var ann = user(ANN);
        throttle.right(begun(new LoginGuess(ANN, HOME)), ann);
        for (var i = 0; i < 31; i++) {
            guess(new LoginGuess("user" + i + "@example.com", HOME), 1);
        }
        throttle.right(begun(new LoginGuess(ANN, HOME)), ann);
        assertThat(pause(new LoginGuess("somebody@example.com", HOME))).isPresent();
    }

    @Test
    void usersWhoDoNotExistAreCountedAlike() {
        user(ANN);
        guess(new LoginGuess(ANN, HOME), 7);
        var pause = pause(new LoginGuess(ANN, HOME));
        guess(new LoginGuess("nobody@example.com", "192.0.2.2"), 7);
        assertThat(pause(new LoginGuess("nobody@example.com", "192.0.2.2")))
                .isEqualTo(pause)
                .isPresent();
    }

    /** Wrong ones, each as soon as it is looked at. */
    private void guess(LoginGuess guess, int times) {
        for (var i = 0; i < times; i++) {
            pause(guess).ifPresent(clock::advance);
            throttle.wrong(begun(guess), _ -> {});
        }
    }

    /** How long a guess would have to wait; it isn't made. */
    private Optional<Duration> pause(LoginGuess guess) {
        return switch (throttle.begin(guess)) {
            case LoginThrottle.Begin.Paused(var pause) -> Optional.of(pause);
            case LoginThrottle.Begin.Counted counted -> {
                throttle.takeBack(counted);
                yield Optional.empty();
            }
        };
    }

    private LoginThrottle.Begin.Counted begun(LoginGuess guess) {
        return (LoginThrottle.Begin.Counted) throttle.begin(guess);
    }

    private Caller user(String email) {
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of(email), Optional.of("correct horse"));
        var id =
                database.read(handle ->
                        handle.createQuery("select id from user_account where email = :email")
                                .bind("email", email)
                                .mapTo(UUID.class)
                                .one());
        return new Caller(new UUID(0, 1), id, email, Role.OWNER);
    }
}
