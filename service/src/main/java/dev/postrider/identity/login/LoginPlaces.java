package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** From where users have logged in before. */
final class LoginPlaces {
    private static final Duration MEMORY = Duration.ofDays(180);

    private static final String IS_KNOWN =
            """
            select exists (
                select
                from login_place p
                join user_account u on u.workspace_id = p.workspace_id and u.id = p.user_id
                where lower(u.email) = lower(:email)
                  and p.address = :place)
            """;

    private static final String REMEMBER =
            """
            insert into login_place (workspace_id, user_id, address, seen_at)
            values (:workspace, :user, :address, :now)
            on conflict (workspace_id, user_id, address) do update
            set seen_at = :now
            """;

    private static final String PURGE =
            """
            delete from login_place
            where ctid = any (array(
                select ctid
                from login_place
                where seen_at < :before
                order by seen_at
                limit :limit))
            """;

    private LoginPlaces() {}

    static boolean isKnown(Handle handle, LoginGuess guess) {
        return handle.createQuery(IS_KNOWN)
                .bind("email", guess.email())
                .bind("place", guess.place())
                .mapTo(boolean.class)
                .one();
    }

    static int remember(Handle handle, Caller user, LoginGuess guess, Instant now) {
        return handle.createUpdate(REMEMBER)
                .bind("workspace", user.workspaceId())
                .bind("user", user.userId())
                .bind("address", guess.place())
                .bind("now", now)
                .execute();
    }

    /** Deletes at most so many that no longer count. */
    static int purge(Handle handle, Instant now, int limit) {
        return handle.createUpdate(PURGE)
                .bind("before", now.minus(MEMORY))
                .bind("limit", limit)
                .execute();
    }
}
