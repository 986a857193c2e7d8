package dev.postrider.lab.program;

import java.sql.Connection;
import java.sql.SQLException;

/** More users in the first one's workspace, with the first one's password. */
public final class CopyUsers {
    private static final String COPY =
            """
            insert into user_account
            select copy.*
            from user_account as first
            cross join jsonb_populate_record(
                first, jsonb_build_object('id', gen_random_uuid(), 'email', cast(? as text))) as copy
            where first.email = ?
            """;

    private CopyUsers() {}

    public static void copy(Connection connection, String first, String another)
            throws SQLException {
        try (var copy = connection.prepareStatement(COPY)) {
            copy.setString(1, another);
            copy.setString(2, first);
            if (copy.executeUpdate() != 1) {
                throw new SQLException("there is no user " + first);
            }
        }
    }
}
