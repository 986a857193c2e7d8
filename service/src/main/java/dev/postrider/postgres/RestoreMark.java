package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.LoginConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Says of a database that a restore into it isn't done. It stands from before the first row until
 * the emails that waited are marked as perhaps sent, and no program starts on the database as long
 * as it does. It is the comment of Flyway's table: that is there whatever the schema's version, and
 * changes with the transaction that changes it.
 *
 * @param backup when the backup was made that is restored
 * @param isLoaded whether all of its rows are there
 */
public record RestoreMark(Instant backup, boolean isLoaded) {
    private static final String READ =
            """
            select obj_description(to_regclass(format('%I.flyway_schema_history', current_schema())),
                                   'pg_class')
            """;

    private static final String SET =
            """
            select format('comment on table flyway_schema_history is %L', cast(? as text))
            """;

    private static final String REMOVE =
            """
            comment on table flyway_schema_history is null
            """;

    private static final Pattern TEXT =
            Pattern.compile("Postrider's restore of (\\S+) (is loading|has loaded)");

    /** The one that stands in a database; empty when nothing is being restored into it. */
    public static Optional<RestoreMark> of(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(READ)) {
            row.next();
            return Optional.ofNullable(row.getString(1))
                    .map(TEXT::matcher)
                    .filter(text -> text.matches())
                    .map(text ->
                            new RestoreMark(
                                    Instant.parse(text.group(1)),
                                    text.group(2).equals("has loaded")));
        }
    }

    /**
     * The same, by a connection of its own.
     *
     * @throws DatabaseUnusable when it can't be asked
     */
    public static Optional<RestoreMark> at(DatabaseUrl url) {
        try (var connection = new LoginConnection(url, LoginConnection.USUAL).open()) {
            return of(connection);
        } catch (SQLException e) {
            throw Migration.unusable(url, e);
        }
    }

    /** Takes the place of what stands there; for the caller to commit. */
    public void set(Connection database) throws SQLException {
        String comment;
        try (var statement = database.prepareStatement(SET)) {
            statement.setString(1, text());
            try (var row = statement.executeQuery()) {
                row.next();
                comment = row.getString(1);
            }
        }
        try (var statement = database.createStatement()) {
            statement.execute(comment);
        }
    }

    /** The restore is done; for the caller to commit. */
    public static void remove(Handle handle) {
        handle.execute(REMOVE);
    }

    private String text() {
        return "Postrider's restore of " + backup + (isLoaded ? " has loaded" : " is loading");
    }
}
