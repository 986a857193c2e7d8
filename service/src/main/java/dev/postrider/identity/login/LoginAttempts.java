package dev.postrider.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The counts of guesses at passwords, by the hashes of their names: one statement each. */
final class LoginAttempts {
    private static final Duration MEMORY = Duration.ofHours(1);

    /** How many wrong guesses cost nothing, and how long a pause gets. */
    record Patience(int free, Duration longest) {}

    /** One of a guess's counts. */
    record Count(String name, Patience patience) {}

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

    private static final String PURGE =
            """
            delete from login_attempt
            where ctid = any (array(
                select ctid
                from login_attempt
                where last_at < :before
                order by last_at
                limit :limit))
            """;

    private LoginAttempts() {}

    private static byte[] key(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isCounted(Handle handle, Count count, Instant now) {
        return handle.createUpdate(COUNT)
                        .bind("key", key(count.name()))
                        .bind("now", now)
                        .bind("forget_before", now.minus(MEMORY))
                        .bind("free", count.patience().free())
                        .bind("longest", (double) count.patience().longest().toSeconds())
                        .execute()
                == 1;
    }

    static Instant blockedUntil(Handle handle, Count count) {
        return handle.createQuery(BLOCKED_UNTIL)
                .bind("key", key(count.name()))
                .mapTo(Instant.class)
                .one();
    }

    /**
     * Takes one from a count.
     *
     * @param at when it was counted
     */
    static void takeBack(Handle handle, Count count, Instant at) {
        handle.createUpdate(TAKE_BACK).bind("key", key(count.name())).bind("at", at).execute();
    }

    static int wrong(Handle handle, String name, Instant now) {
        return handle.createUpdate(WRONG).bind("key", key(name)).bind("now", now).execute();
    }

    static void forget(Handle handle, String name) {
        handle.createUpdate(FORGET).bind("key", key(name)).execute();
    }

    /** Deletes at most so many that no longer count. */
    static int purge(Handle handle, Instant now, int limit) {
        return handle.createUpdate(PURGE)
                .bind("before", now.minus(MEMORY))
                .bind("limit", limit)
                .execute();
    }
}
