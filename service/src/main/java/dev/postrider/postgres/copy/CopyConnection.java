package dev.postrider.postgres.copy;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A connection of its own: what is copied takes longer than any statement of the program may. */
record CopyConnection(Connection connection, String place) implements AutoCloseable {
    /** Who runs isn't data: a copy is served by others. */
    private static final String TABLES =
            """
            select relname,
                   pg_table_size(pg_class.oid) as octets,
                   array(select cast(attname as text)
                         from pg_attribute
                         where attrelid = pg_class.oid
                           and attnum > 0
                           and not attisdropped
                           and attgenerated = ''
                         order by attnum) as columns
            from pg_class
            where relkind = 'r'
              and relnamespace = cast(current_schema() as regnamespace)
              and relname not in ('flyway_schema_history', 'node')
            order by relname
            """;

    /** What is done with a connection. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    static CopyConnection open(DatabaseUrl url) {
        var login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        login.setProperty("ApplicationName", "postrider backup");
        login.setProperty("connectTimeout", "10");
        login.setProperty("tcpKeepAlive", "true");
        try {
            var connection = Objects.requireNonNull(new Driver().connect(url.jdbcUrl(), login));
            connection.setAutoCommit(false);
            return new CopyConnection(connection, url.place());
        } catch (SQLException e) {
            throw unusable(url.place(), e);
        }
    }

    <T> T run(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw unusable(place, e);
        }
    }

    void execute(String... statements) {
        run(open -> {
            try (var statement = open.createStatement()) {
                for (var each : statements) {
                    statement.execute(each);
                }
            }
            return true;
        });
    }

    List<Table> tables() {
        return run(open -> {
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery(TABLES)) {
                var tables = new ArrayList<Table>();
                while (rows.next()) {
                    tables.add(
                            new Table(
                                    rows.getString("relname"),
                                    texts(rows.getArray("columns")),
                                    rows.getLong("octets")));
                }
                return tables;
            }
        });
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static DatabaseUnusable unusable(String place, SQLException e) {
        return new DatabaseUnusable(
                "The database "
                        + place
                        + " can't be copied: "
                        + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
    }

    /** What isn't committed is rolled back by the server. */
    @Override
    public void close() {
        run(open -> {
            open.close();
            return true;
        });
    }
}
