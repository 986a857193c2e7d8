package dev.postrider.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.identity.Caller;
import dev.postrider.postgres.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Makes who guesses passwords wait, longer with each wrong one: the guesses of an address at a
 * user, those of an address at anyone, and those of anyone at a user are counted apart, on all
 * nodes together. Where a user has logged in from before, only the first count is theirs, so that
 * strangers who guess at them, or from beside them, don't lock them out. Users who don't exist are
 * counted like those who do.
 */
public record LoginThrottle(Database database, InstantSource clock) {
    private static final Duration MEMORY = Duration.ofHours(1);

    /** How many wrong guesses cost nothing, and how long a pause gets. */
    private record Patience(int free, Duration longest) {
        static final Patience WITH_ADDRESS_AT_USER = new Patience(5, Duration.ofMinutes(5));
        static final Patience WITH_ADDRESS = new Patience(30, Duration.ofMinutes(1));
        static final Patience WITH_USER = new Patience(20, Duration.ofMinutes(1));
    }

    private static final String BLOCKED_UNTIL =
            """
            select max(blocked_until)
            from login_attempt
            where key = :both
              or (key in (:user, :address)
                and not exists (
                    select
                    from login_place p
                    join user_account u on u.workspace_id = p.workspace_id and u.id = p.user_id
                    where lower(u.email) = lower(:email)
                      and p.address = :place))
            """;

    /** The pause doubles with each failure that isn't free: 1 s, 2 s, 4 s. */
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
            """;

    private static final String FORGET_OLD =
            """
            delete from login_attempt
            where last_at < :forget_before
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

        byte[] ofBoth() {
            return hash("both\0" + user() + "\0" + place());
        }

        byte[] ofUser() {
            return hash("user\0" + user());
        }

        byte[] ofAddress() {
            return hash("address\0" + place());
        }

        private static byte[] hash(String text) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** How long to wait before a guess is looked at; empty when it may be at once. */
    Optional<Duration> pause(Guess guess) {
        var now = clock.instant();
        return database.read(handle ->
                        handle.createQuery(BLOCKED_UNTIL)
                                .bind("both", guess.ofBoth())
                                .bind("user", guess.ofUser())
                                .bind("address", guess.ofAddress())
                                .bind("email", guess.email())
                                .bind("place", guess.place())
                                .map((row, _) ->
                                        Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                                .one())
                .map(OffsetDateTime::toInstant)
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until));
    }

    /**
     * Counts a wrong guess.
     *
     * @param entry writes what is to be written of a user who exists: within a transaction that is
     *     made anyway, for the time that a commit takes would tell of them
     */
    void wrong(Guess guess, Consumer<Handle> entry) {
        var now = clock.instant();
        count(guess.ofBoth(), Patience.WITH_ADDRESS_AT_USER, now, entry);
        count(guess.ofUser(), Patience.WITH_USER, now, _ -> {});
        count(guess.ofAddress(), Patience.WITH_ADDRESS, now, _ -> {});
        database.read(handle ->
                handle.createUpdate(FORGET_OLD).bind("forget_before", now.minus(MEMORY)).execute());
    }

    /** Each count by itself: together they would be locks that wait for each other. */
    private void count(byte[] key, Patience patience, Instant now, Consumer<Handle> more) {
        database.inTransaction(handle -> {
            handle.createUpdate(COUNT)
                    .bind("key", key)
                    .bind("now", now)
                    .bind("forget_before", now.minus(MEMORY))
                    .bind("free", patience.free())
                    .bind("longest", (double) patience.longest().toSeconds())
                    .execute();
            more.accept(handle);
            return true;
        });
    }

    void right(Guess guess, Caller user) {
        database.inTransaction(handle -> {
            handle.createUpdate(FORGET).bind("key", guess.ofBoth()).execute();
            return handle.createUpdate(REMEMBER_PLACE)
                    .bind("workspace", user.workspaceId())
                    .bind("user", user.userId())
                    .bind("address", guess.place())
                    .bind("now", clock.instant())
                    .execute();
        });
    }
}
