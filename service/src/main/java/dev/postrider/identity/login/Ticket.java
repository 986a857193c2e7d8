package dev.postrider.identity.login;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A one-time leave to choose a password, which an admin hands on. Only its hash is stored; the text
 * is as strong as a {@link RefreshToken}'s, whose form it has.
 */
public record Ticket(RefreshToken text, Instant expiresAt) {
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

    public static final String USE =
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

    public static final String FORGET =
            """
            delete from password_ticket
            where workspace_id = :workspace
              and user_id = :user
            """;

    /** Makes a ticket; the user's former ones are good for nothing then. */
    public static Ticket make(Handle handle, UUID workspace, UUID user, Instant expiresAt) {
        var ticket = new Ticket(RefreshToken.random(), expiresAt);
        handle.createUpdate(REPLACE)
                .bind("workspace", workspace)
                .bind("user", user)
                .bind("hash", ticket.text().hash())
                .bind("expires_at", expiresAt)
                .execute();
        return ticket;
    }
}
