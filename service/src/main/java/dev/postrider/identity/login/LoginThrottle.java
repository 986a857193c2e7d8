package dev.postrider.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.identity.Caller;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    private static final Duration MEMORY = Duration.ofHours(1);
    private static final Duration MEMORY_OF_PLACES = Duration.ofDays(180);

    /** How many wrong guesses cost nothing, and how long a pause gets. */
    private record Patience(int free, Duration longest) {
        static final Patience WITH_ADDRESS_AT_USER = new Patience(5, Duration.ofMinutes(5));
        static final Patience WITH_ADDRESS = new Patience(30, Duration.ofMinutes(1));
        static final Patience WITH_USER = new Patience(20, Duration.ofMinutes(1));
    }

    /** One of a guess's counts. */
    private record Count(String name, Patience patience) {
        byte[] key() {
            return hash(name);
        }
    }

    private static final String IS_KNOWN_PLACE =
            """
            select exists (
                select
                from login_place p
                join user_account u on u.workspace_id = p.workspace_id and u.id = p.user_id
                where lower(u.email) = lower(:email)
                  and p.address = :place)
            """;

    /**
     * The pause doubles with each failure that isn't free: 1 s, 2 s, 4 s. No row comes back while
     * one lasts, and nothing is counted: the row's lock makes that one step.
     */
    private static final String COUNT =
            """
            insert into login_attempt as a (key, failures, blocked_until, last_at)
            values (:key, 1, :now, :now)
            on conflict (key) do update
            set failures = case when a.last_at < :forget_before then 1 else a.failures + 1 end,
                last_at = :now,
                blocked_until = case
                    when a.last_at < :forget_before or a.failures < :free
                        then cast(:now as timestamptz)
                    else cast(:now as timestamptz)
                        + make_interval(secs => least(:longest, power(2, least(a.failures - :free, 30))))
                end
            where a.blocked_until <= :now
            """;

    private static final String BLOCKED_UNTIL =
            """
            select blocked_until
            from login_attempt
            where key = :key
            """;

    /** The pause goes if it is this guess that made it. */
    private static final String TAKE_BACK =
            """
            update login_attempt
            set failures = greatest(failures - 1, 0),
                blocked_until = case when last_at = :at then last_at else blocked_until end
            where key = :key
            """;

    /** The commit takes as long for a user who doesn't exist as for one whose entry is written. */
    private static final String WRONG =
            """
            update login_attempt
            set last_at = :now
            where key = :key
            """;

    private static final String FORGET =
            """
            delete from login_attempt
            where key = :key
            """;

    private static final String REMEMBER_PLACE =
            """
            insert into login_place (workspace_id, user_id, address, seen_at)
            values (:workspace, :user, :address, :now)
            on conflict (workspace_id, user_id, address) do update
            set seen_at = :now
            """;

    private static final String PURGE_ATTEMPTS =
            """
            delete from login_attempt
            where ctid = any (array(
                select ctid
                from login_attempt
                where last_at < :before
                order by last_at
                limit :limit))
            """;

    private static final String PURGE_PLACES =
            """
            delete from login_place
            where ctid = any (array(
                select ctid
                from login_place
                where seen_at < :before
                order by seen_at
                limit :limit))
            """;

    /** A guess, by whom it is counted. */
    record Guess(String email, String address) {
        /** Whoever has an IPv6 network has all addresses of its last 64 bits. */
        String place() {
            var groups = address.split("%", -1)[0].split(":", -1);
            return groups.length == 8
                    ? String.join(":", List.of(groups).subList(0, 4)) + "::/64"
                    : address;
        }

        private String user() {
            return email.toLowerCase(Locale.ROOT);
        }

        String ofBoth() {
            return "both\0" + user() + "\0" + place();
        }

        String ofUser() {
            return "user\0" + user();
        }

        String ofAddress() {
            return "address\0" + place();
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a guess may be looked at. */
    sealed interface Begin {
        /** It is counted, and may be looked at; what becomes of it is to be said. */
        final class Counted implements Begin {
            private final Guess guess;
            private final List<Count> counts;
            private final Instant at;

            private Counted(Guess guess, List<Count> counts, Instant at) {
                this.guess = guess;
                this.counts = counts;
                this.at = at;
            }

            Guess guess() {
                return guess;
            }
        }

        /** It must not be looked at, nor was it counted. */
        record Paused(Duration pause) implements Begin {}
    }

    /** Counts a guess that is about to be looked at. */
    Begin begin(Guess guess) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return inTurn(handle -> {
            var counts = counts(guess, isKnownPlace(handle, guess));
            for (var count : counts) {
                if (!isCounted(handle, count, now)) {
                    var until = blockedUntil(handle, count);
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

    private static boolean isKnownPlace(Handle handle, Guess guess) {
        return handle.createQuery(IS_KNOWN_PLACE)
                .bind("email", guess.email())
                .bind("place", guess.place())
                .mapTo(boolean.class)
                .one();
    }

    /** In one order for everybody, so that transactions don't wait for each other in a circle. */
    private static List<Count> counts(Guess guess, boolean isKnownPlace) {
        var both = new Count(guess.ofBoth(), Patience.WITH_ADDRESS_AT_USER);
        return isKnownPlace
                ? List.of(both)
                : Stream.of(
                                both,
                                new Count(guess.ofUser(), Patience.WITH_USER),
                                new Count(guess.ofAddress(), Patience.WITH_ADDRESS))
                        .sorted(Comparator.comparing(Count::name))
                        .toList();
    }

    private static boolean isCounted(Handle handle, Count count, Instant now) {
        return handle.createUpdate(COUNT)
                        .bind("key", count.key())
                        .bind("now", now)
                        .bind("forget_before", now.minus(MEMORY))
                        .bind("free", count.patience().free())
                        .bind("longest", (double) count.patience().longest().toSeconds())
                        .execute()
                == 1;
    }

    private static Instant blockedUntil(Handle handle, Count count) {
        return handle.createQuery(BLOCKED_UNTIL)
                .bind("key", count.key())
                .mapTo(Instant.class)
                .one();
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
            return handle.createUpdate(WRONG)
                    .bind("key", hash(counted.guess.ofBoth()))
                    .bind("now", clock.instant())
                    .execute();
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
        counted.counts.forEach(count ->
                handle.createUpdate(TAKE_BACK)
                        .bind("key", count.key())
                        .bind("at", counted.at)
                        .execute());
    }

    /** The guess was right: from this address the user starts anew, the other counts go on. */
    void right(Begin.Counted counted, Caller user) {
        inTurn(handle -> {
            takeBack(handle, counted);
            handle.createUpdate(FORGET).bind("key", hash(counted.guess.ofBoth())).execute();
            return handle.createUpdate(REMEMBER_PLACE)
                    .bind("workspace", user.workspaceId())
                    .bind("user", user.userId())
                    .bind("address", counted.guess.place())
                    .bind("now", clock.instant())
                    .execute();
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
                handle.createUpdate(PURGE_ATTEMPTS)
                                .bind("before", now.minus(MEMORY))
                                .bind("limit", limit)
                                .execute()
                        + handle.createUpdate(PURGE_PLACES)
                                .bind("before", now.minus(MEMORY_OF_PLACES))
                                .bind("limit", limit)
                                .execute());
    }
}
