package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A one-time leave to choose a password, which an admin hands on. Only its hash is stored. */
public record PasswordTicket(OpaqueToken token, Instant expiresAt) {
    public static final Duration FOR_INVITED = Duration.ofDays(7);
    public static final Duration FOR_FORGETFUL = Duration.ofDays(1);

    private static final String REPLACE =
            """
            with former as (
                delete from password_ticket
                where workspace_id = :workspace
                  and user_id = :user
            )
            insert into password_ticket (hash, workspace_id, user_id, expires_at)
            values (:hash, :workspace, :user, :expires_at)
            """;

    private static final String FIND =
            """
            select u.email
            from password_ticket t
            join user_account u on u.workspace_id = t.workspace_id and u.id = t.user_id
            where t.hash = :hash
              and t.expires_at > :now
              and u.deactivated_at is null
            """;

    private static final String USE =
            """
            delete from password_ticket t
            using user_account u
            where t.hash = :hash
              and t.expires_at > :now
              and u.workspace_id = t.workspace_id
              and u.id = t.user_id
              and u.deactivated_at is null
            returning u.workspace_id, u.id, u.email, u.role
            """;

    private static final String DELETE =
            """
            delete from password_ticket
            where workspace_id = :workspace
              and user_id = :user
            """;

    private static final String PURGE =
            """
            delete from password_ticket
            where ctid = any (array(
                select ctid
                from password_ticket
                where expires_at <= :now
                order by expires_at
                limit :limit))
            """;

    /** Makes a ticket; the user's former ones are good for nothing then. */
    public static PasswordTicket make(Handle handle, UUID workspace, UUID user, Instant expiresAt) {
        var ticket = new PasswordTicket(OpaqueToken.random(OpaqueToken.Kind.TICKET), expiresAt);
        handle.createUpdate(REPLACE)
                .bind("workspace", workspace)
                .bind("user", user)
                .bind("hash", ticket.token().hash())
                .bind("expires_at", expiresAt)
                .execute();
        return ticket;
    }

    /** What the user of a ticket logs in with; empty when it isn't good. */
    static Optional<String> whose(Handle handle, OpaqueToken ticket, Instant now) {
        return handle.createQuery(FIND)
                .bind("hash", ticket.hash())
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    /** Uses a ticket up; empty when it isn't good, or was used a moment ago. */
    static Optional<Caller> use(Handle handle, OpaqueToken ticket, Instant now) {
        return handle.createQuery(USE)
                .bind("hash", ticket.hash())
                .bind("now", now)
                .map((row, _) -> FindLogin.caller(row))
                .findOne();
    }

    public static void deleteOf(Handle handle, UUID workspace, UUID user) {
        handle.createUpdate(DELETE).bind("workspace", workspace).bind("user", user).execute();
    }

    static int purge(Handle handle, Instant now, int limit) {
        return handle.createUpdate(PURGE).bind("now", now).bind("limit", limit).execute();
    }
}
