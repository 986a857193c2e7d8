package dev.postrider.identity.user;

import dev.postrider.postgres.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what users have and have done, for many at once. */
final class UserActivityTable {
    private static final String FIND =
            """
            select u.id, u.email, u.password_hash is not null as has_password, u.last_login_at,
                   exists (
                       select
                       from external_subject s
                       where s.workspace_id = u.workspace_id
                         and s.user_id = u.id
                   ) as signs_in_elsewhere,
                   (select count(*)
                    from mailbox m
                    where m.user_id = u.id
                      and m.workspace_id = u.workspace_id) as mailboxes,
                   (select max(t.expires_at)
                    from password_ticket t
                    where t.workspace_id = u.workspace_id
                      and t.user_id = u.id
                      and t.expires_at > :now) as ticket_expires_at
            from user_account u
            where u.workspace_id = :workspace
              and u.id in (select * from unnest(:users))
            """;

    private UserActivityTable() {}

    static Map<UUID, UserActivity> of(
            Handle handle, UUID workspace, List<UUID> users, Instant now) {
        return handle
                .createQuery(FIND)
                .bind("workspace", workspace)
                .bind("users", Column.of(users, UUID.class, Function.identity()))
                .bind("now", now)
                .map((row, _) -> Map.entry(row.getObject("id", UUID.class), activity(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static UserActivity activity(ResultSet row) throws SQLException {
        return new UserActivity(
                signIn(row),
                time(row, "last_login_at"),
                row.getLong("mailboxes"),
                time(row, "ticket_expires_at"));
    }

    private static SignIn signIn(ResultSet row) throws SQLException {
        if (row.getBoolean("has_password")) {
            return SignIn.PASSWORD;
        }
        if (row.getBoolean("signs_in_elsewhere")) {
            return SignIn.OPENID;
        }
        return row.getString("email") == null ? SignIn.NONE : SignIn.INVITED;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
