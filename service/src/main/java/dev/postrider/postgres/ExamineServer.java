package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.PGConnection;

/**
 * Looks at a server without changing anything there: for whoever wants to know whether it will do
 * before, while or instead of using it.
 */
public record ExamineServer(DatabaseUrl url, Duration patience) {
    /** What other users' connections are is hidden from one without rights; that they are isn't. */
    private static final String SERVER =
            """
            select pg_backend_pid() as process,
                   current_setting('server_version') as version,
                   current_setting('server_version_num')::integer as number,
                   pg_is_in_recovery() as standby,
                   (select count(*)
                    from pg_stat_activity
                    where (backend_type = 'client backend' or (backend_type is null and datid is not null))
                      and application_name not like 'postrider%') as others,
                   (select rolconnlimit from pg_roles where rolname = session_user) as role_limit,
                   (select datconnlimit from pg_database where datname = current_database()) as database_limit,
                   has_database_privilege(current_database(), 'CREATE') as creates,
                   clock_timestamp() as now
            """;

    /** A node that lives says so every other second. */
    private static final String NODES =
            """
            select count(*)
            from node
            where seen_at > now() - interval '8 seconds'
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
     * @param others connections that aren't Postrider's
     * @param limit how many the user or the database may have at most; empty for as many as there
     *     are
     * @param nodes of Postrider that run on it; 0 too when there are no tables
     * @param ahead how far its clock is before this machine's; negative when it is behind
     * @param settings as pg_settings has them, in its units
     */
    public record Facts(
            String version,
            int number,
            boolean isStandby,
            boolean isPooled,
            boolean mayCreate,
            int others,
            OptionalInt limit,
            int nodes,
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
        properties.putAll(timeouts());
        var connection = new org.postgresql.Driver().connect(url.orStandby().jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("no URL of PostgreSQL");
        }
        return connection;
    }

    private Map<String, String> timeouts() {
        var seconds = String.valueOf(patience.toSeconds());
        return Map.of("loginTimeout", seconds, "connectTimeout", seconds, "socketTimeout", seconds);
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
                    rows.getInt("others"),
                    IntStream.of(rows.getInt("role_limit"), rows.getInt("database_limit"))
                            .filter(limit -> limit >= 0)
                            .min(),
                    nodes(connection),
                    Duration.between(middle, rows.getTimestamp("now").toInstant()),
                    schema(),
                    settings);
        }
    }

    private static int nodes(Connection connection) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(NODES)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException _) {
            // there are no tables yet, or others'
            return 0;
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
                            .jdbcProperties(timeouts())
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
