package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.PGConnection;

/**
 * Looks at a server without changing anything there: for whoever wants to know whether it will do
 * before, while or instead of using it.
 */
public record ExamineServer(DatabaseUrl url, Duration patience) {
    private static final String SERVER =
            """
            select pg_backend_pid() as process,
                   current_setting('server_version') as version,
                   current_setting('server_version_num')::integer as number,
                   pg_is_in_recovery() as standby,
                   (select count(*) from pg_stat_activity where backend_type = 'client backend') as clients,
                   has_database_privilege(current_database(), 'CREATE') as creates,
                   clock_timestamp() as now
            """;

    private static final String SETTINGS =
            """
            select name, setting
            from pg_settings
            """;

    /** What became of it. */
    public sealed interface Examined {
        /** It let us in. */
        record Reached(Facts facts) implements Examined {}

        /**
         * It didn't.
         *
         * @param reason what is wrong and what to do, without the password
         */
        record Away(String reason) implements Examined {}
    }

    /** How its schema stands to this program's. */
    public enum Schema {
        /** There are no tables yet. */
        NONE,
        OLDER,
        SAME,
        NEWER,
        /** It couldn't be read. */
        UNKNOWN
    }

    /**
     * What it says of itself.
     *
     * @param number its version, with two digits a part: 180001
     * @param isPooled whether a connection pooler stands before it
     * @param mayCreate whether the user may make tables, which a migration does
     * @param clients connections of all users
     * @param ahead how far its clock is before this machine's; negative when it is behind
     * @param settings as pg_settings has them, in its units
     */
    public record Facts(
            String version,
            int number,
            boolean isStandby,
            boolean isPooled,
            boolean mayCreate,
            int clients,
            Duration ahead,
            Schema schema,
            Map<String, String> settings) {
        public Facts {
            settings = Map.copyOf(settings);
        }

        /** A setting; empty for one that this server's version doesn't have. */
        public Optional<String> setting(String name) {
            return Optional.ofNullable(settings.get(name));
        }
    }

    public Examined examine() {
        try (var connection = connect()) {
            return new Examined.Reached(facts(connection));
        } catch (SQLException e) {
            return new Examined.Away(Migration.unreachable(url, e));
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("ApplicationName", "postrider doctor");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("readOnly", "true");
        properties.setProperty("loginTimeout", String.valueOf(patience.toSeconds()));
        properties.setProperty("connectTimeout", String.valueOf(patience.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(patience.toSeconds()));
        var connection = new org.postgresql.Driver().connect(url.orStandby().jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("no URL of PostgreSQL");
        }
        return connection;
    }

    private Facts facts(Connection connection) throws SQLException {
        var settings = settings(connection);
        // the driver was told the number of a pooler's client, and not of the server's process
        var told = connection.unwrap(PGConnection.class).getBackendPID();
        var before = Instant.now();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SERVER)) {
            var after = Instant.now();
            rows.next();
            var middle = before.plus(Duration.between(before, after).dividedBy(2));
            return new Facts(
                    rows.getString("version"),
                    rows.getInt("number"),
                    rows.getBoolean("standby"),
                    rows.getInt("process") != told,
                    rows.getBoolean("creates"),
                    rows.getInt("clients"),
                    Duration.between(middle, rows.getTimestamp("now").toInstant()),
                    schema(),
                    settings);
        }
    }

    private static Map<String, String> settings(Connection connection) throws SQLException {
        var settings = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SETTINGS)) {
            while (rows.next()) {
                settings.put(rows.getString("name"), rows.getString("setting"));
            }
        }
        return settings;
    }

    private Schema schema() {
        try {
            return schema(
                    Flyway.configure(ExamineServer.class.getClassLoader())
                            .dataSource(url.orStandby().jdbcUrl(), url.user(), url.password())
                            .locations("classpath:db/migration")
                            .load()
                            .info()
                            .all());
        } catch (FlywayException _) {
            return Schema.UNKNOWN;
        }
    }

    private static Schema schema(MigrationInfo[] migrations) {
        var applied = false;
        var missing = false;
        for (var migration : migrations) {
            var state = migration.getState();
            if (state.isApplied() && !state.isResolved()) {
                return Schema.NEWER;
            }
            applied |= state.isApplied();
            missing |= !state.isApplied();
        }
        if (!applied) {
            return Schema.NONE;
        }
        return missing ? Schema.OLDER : Schema.SAME;
    }
}
