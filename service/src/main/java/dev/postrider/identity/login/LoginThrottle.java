package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import dev.postrider.identity.login.LoginAttempts.Count;
import dev.postrider.identity.login.LoginAttempts.Patience;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Makes who guesses passwords (brute force, credential stuffing) wait, longer with each wrong one:
 * the guesses of an address at a user, those of an address at anyone, and those of anyone at a user
 * are counted apart, on all nodes together. Where a user has logged in from before, only the first
 * count is theirs, so that strangers who guess at them, or from beside them, don't lock them out.
 * Users who don't exist are counted like those who do.
 *
 * <p>A guess is counted before it is looked at, and taken back if it was right: of many at once,
 * only as many as are free are looked at.
 */
@Singleton
public record LoginThrottle(Database database, InstantSource clock) {
    /** Of the program's 16 connections. */
    private static final Semaphore AT_ONCE = new Semaphore(4, true);

    private static final Patience WITH_ADDRESS_AT_USER = new Patience(5, Duration.ofMinutes(5));
    private static final Patience WITH_ADDRESS = new Patience(30, Duration.ofMinutes(1));
    private static final Patience WITH_USER = new Patience(20, Duration.ofMinutes(1));

    /** Whether a guess may be looked at. */
    sealed interface Begin {
        /** It is counted, and may be looked at; what becomes of it is to be said. */
        final class Counted implements Begin {
            private final LoginGuess guess;
            private final List<Count> counts;
            private final Instant at;

            private Counted(LoginGuess guess, List<Count> counts, Instant at) {
                this.guess = guess;
                this.counts = counts;
                this.at = at;
            }

            LoginGuess guess() {
                return guess;
            }
        }

        /** It must not be looked at, nor was it counted. */
        record Paused(Duration pause) implements Begin {}
    }

    /** Counts a guess that is about to be looked at. */
    Begin begin(LoginGuess guess) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return inTurn(handle -> {
            var counts = counts(guess, LoginPlaces.isKnown(handle, guess));
            for (var count : counts) {
                if (!LoginAttempts.isCounted(handle, count, now)) {
                    var until = LoginAttempts.blockedUntil(handle, count);
                    handle.rollback();
                    return new Begin.Paused(Duration.between(now, until));
                }
            }
            return new Begin.Counted(guess, counts, now);
        });
    }

    /** Guesses of one address wait for the same row: without a turn they take all connections. */
    private <T> T inTurn(HandleCallback<T, RuntimeException> work) {
        AT_ONCE.acquireUninterruptibly();
        try {
            return database.inTransaction(work);
        } finally {
            AT_ONCE.release();
        }
    }

    /** In one order for everybody, so that transactions don't wait for each other in a circle. */
    private static List<Count> counts(LoginGuess guess, boolean isKnownPlace) {
        var both = new Count(guess.ofBoth(), WITH_ADDRESS_AT_USER);
        return isKnownPlace
                ? List.of(both)
                : Stream.of(
                                both,
                                new Count(guess.ofUser(), WITH_USER),
                                new Count(guess.ofAddress(), WITH_ADDRESS))
                        .sorted(Comparator.comparing(Count::name))
                        .toList();
    }

    /**
     * The guess was wrong.
     *
     * @param entry writes what is to be written of a user who exists: within a transaction that is
     *     made anyway, for the time that a commit takes would tell of them
     */
    void wrong(Begin.Counted counted, Consumer<Handle> entry) {
        inTurn(handle -> {
            entry.accept(handle);
            return LoginAttempts.wrong(handle, counted.guess.ofBoth(), clock.instant());
        });
    }

    /** The guess wasn't looked at after all. */
    void takeBack(Begin.Counted counted) {
        inTurn(handle -> {
            takeBack(handle, counted);
            return true;
        });
    }

    private static void takeBack(Handle handle, Begin.Counted counted) {
        counted.counts.forEach(count -> LoginAttempts.takeBack(handle, count, counted.at));
    }

    /** The guess was right: from this address the user starts anew, the other counts go on. */
    void right(Begin.Counted counted, Caller user) {
        inTurn(handle -> {
            takeBack(handle, counted);
            LoginAttempts.forget(handle, counted.guess.ofBoth());
            return LoginPlaces.remember(handle, user, counted.guess, clock.instant());
        });
    }

    /**
     * Deletes some counts and places that are too old to count.
     *
     * @return how many rows went
     */
    public int purge(int limit) {
        var now = clock.instant();
        return database.inTransaction(handle ->
                LoginAttempts.purge(handle, now, limit) + LoginPlaces.purge(handle, now, limit));
    }
}
