package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Users, found by the name that they log in with. */
public record FindLogin(Database database) {
    /** The one look-up without a workspace: a login name is unique in the whole installation. */
    private static final String BY_EMAIL =
            """
            select workspace_id, id, email, role, password_hash
            from user_account
            where lower(email) = lower(:email)
              and deactivated_at is null
            """;

    /** Only if nobody has changed the password meanwhile. */
    private static final String REHASH =
            """
            update user_account
            set password_hash = :new_hash
            where workspace_id = :workspace_id
              and id = :id
              and password_hash = :old_hash
            """;

    private static final String SET_PASSWORD =
            """
            update user_account
            set password_hash = :hash
            where workspace_id = :workspace
              and id = :id
              and deactivated_at is null
            """;

    private static final String LOGGED_IN =
            """
            update user_account
            set last_login_at = :now
            where workspace_id = :workspace
              and id = :id
            """;

    /**
     * A user who may log in.
     *
     * @param passwordHash a PHC string; empty for one who signs in elsewhere
     */
    public record Login(Caller user, Optional<String> passwordHash) {}

    public Optional<Login> byEmail(String email) {
        return database.of(Database.ANYBODY)
                .read(handle ->
                        handle.createQuery(BY_EMAIL)
                                .bind("email", email)
                                .map((row, _) ->
                                        new Login(
                                                caller(row),
                                                Optional.ofNullable(
                                                        row.getString("password_hash"))))
                                .findOne());
    }

    void rehash(Caller user, String oldHash, String newHash) {
        database.inTransaction(handle ->
                handle.createUpdate(REHASH)
                        .bind("workspace_id", user.workspaceId())
                        .bind("id", user.userId())
                        .bind("old_hash", oldHash)
                        .bind("new_hash", newHash)
                        .execute());
    }

    /** A session of theirs is being opened. */
    static void loggedIn(Handle handle, Caller user, Instant now) {
        handle.createUpdate(LOGGED_IN)
                .bind("workspace", user.workspaceId())
                .bind("id", user.userId())
                .bind("now", now)
                .execute();
    }

    static void setPassword(Handle handle, Caller user, String hash) {
        handle.createUpdate(SET_PASSWORD)
                .bind("workspace", user.workspaceId())
                .bind("id", user.userId())
                .bind("hash", hash)
                .execute();
    }

    public static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("email"),
                Role.of(row.getString("role")));
    }
}
