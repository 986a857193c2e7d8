package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.LoginConnection;
import dev.postrider.postgres.connection.Pooling;
import dev.postrider.postgres.connection.ServerFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;

/**
 * Brings a database to this program's schema. Nodes that start together take turns (Flyway's own
 * lock). A database that a newer program has migrated is refused before anything is written, unless
 * its migrations say that this program works with it; see {@link SchemaStep}.
 *
 * @param locations where migrations are
 */
record Migration(DatabaseUrl url, List<String> locations) {
    private static final String OURS = "classpath:" + ShippedMigrations.FOLDER;

    /** A folder with more migrations, for a lab that tries an upgrade to what there isn't yet. */
    private static final String MORE = "postrider.more-migrations";

    /**
     * A statement that waits for a running node's locks makes all others wait behind it: it gives
     * up soon, and tries again.
     */
    private static final String LOCK_TIMEOUT = "set lock_timeout = '3s'";

    private static final int TRIES = 20;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The oldest server that the tests run against. */
    private static final int OLDEST_SERVER = 15;

    /** The server's invalid_password and invalid_authorization_specification; the driver's own. */
    private static final Set<String> LOGIN_REFUSED = Set.of("28P01", "28000", "08004");

    /** The server's cannot_connect_now, while it starts or stops, and too_many_connections. */
    private static final Set<String> NOT_NOW = Set.of("57P03", "53300");

    Migration(DatabaseUrl url) {
        this(
                url,
                Stream.concat(
                                Stream.of(OURS),
                                Stream.ofNullable(System.getProperty(MORE))
                                        .map(folder -> "filesystem:" + folder))
                        .toList());
    }

    /**
     * What was found and done.
     *
     * @param schema the newest that this program knows
     */
    record Migrated(ServerFacts server, int schema) {}

    /**
     * Runs what isn't there yet.
     *
     * @throws DatabaseUnusable when a restore into the database isn't done
     */
    Migrated run() {
        return run(false);
    }

    /** The same for the restore itself. */
    Migrated runForRestore() {
        return run(true);
    }

    private Migrated run(boolean isForRestore) {
        var login = new LoginConnection(url, LoginConnection.USUAL);
        ServerFacts server;
        Optional<Integer> upToDate;
        try (var connection = login.open()) {
            check(connection.getMetaData().getDatabaseMajorVersion());
            server = ServerFacts.ask(connection, login::open);
            if (!isForRestore && RestoreMark.of(connection).isPresent()) {
                throw new DatabaseUnusable(
                        "A restore into the database "
                                + url.place()
                                + " goes on, or was cut off: end it by ./postrider restore with the"
                                + " same backup, or give the program an empty database.");
            }
            upToDate = schemaIfUpToDate(connection);
        } catch (SQLException e) {
            throw unusable(url, e);
        }
        return upToDate.map(schema -> new Migrated(server, schema))
                .orElseGet(() -> migrate(server));
    }

    private Optional<Integer> schemaIfUpToDate(Connection connection) throws SQLException {
        return locations.equals(List.of(OURS))
                ? ShippedMigrations.read().schemaOf(connection)
                : Optional.empty();
    }

    private Migrated migrate(ServerFacts server) {
        var flyway =
                Flyway.configure(Migration.class.getClassLoader())
                        .dataSource(source())
                        .locations(locations.toArray(String[]::new))
                        .validateMigrationNaming(true)
                        .initSql(server.pooling() == Pooling.TRANSACTION ? "" : LOCK_TIMEOUT)
                        // an index that is created concurrently waits for all transactions
                        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                        .load();
        try {
            return new Migrated(server, migrate(flyway, server.pooling()));
        } catch (FlywayException e) {
            throw new DatabaseUnusable(unmigratable(e));
        }
    }

    /** Prepares nothing, so that a pooler may lend each transaction another connection. */
    private DataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        source.setPrepareThreshold(0);
        source.setTcpKeepAlive(true);
        return source;
    }

    private int migrate(Flyway flyway, Pooling pooling) {
        var info = flyway.info();
        var known =
                Stream.of(info.all())
                        .filter(each -> each.getState().isResolved())
                        .mapToInt(each -> SchemaStep.of(each).version())
                        .max()
                        .orElseThrow();
        if (isNewer(info.all(), known)) {
            flyway.validate();
        } else if (pooling != Pooling.TRANSACTION) {
            new OlderNodes(url).refuse(List.of(info.pending()), info.current() != null);
            migrateBetweenTransactions(flyway);
        } else if (info.pending().length > 0) {
            throw new DatabaseUnusable(
                    "The schema of "
                            + url.place()
                            + " is to be brought up to date, which takes locks that a pooler of"
                            + " transactions loses: start one node with the server itself in"
                            + " POSTRIDER_DATABASE_URL, or set pool_mode to session.");
        }
        return known;
    }

    private static void migrateBetweenTransactions(Flyway flyway) {
        for (var tries = 1; ; tries++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (tries == TRIES || !waitedForALock(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean waitedForALock(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a newer program has migrated it.
     *
     * @throws DatabaseUnusable when this one doesn't work with that
     */
    private boolean isNewer(MigrationInfo[] migrations, int known) {
        var newer =
                Stream.of(migrations)
                        .filter(each ->
                                each.getState().isApplied() && !each.getState().isResolved())
                        .map(SchemaStep::of)
                        .toList();
        var oldest = newer.stream().mapToInt(SchemaStep::since).max().orElse(0);
        if (oldest > known) {
            throw new DatabaseUnusable(
                    "The database "
                            + url.place()
                            + " is of a newer Postrider (schema "
                            + newer.getLast().version()
                            + ", which needs programs that know schema "
                            + oldest
                            + "; this one knows "
                            + known
                            + "): start a newer version, or restore a backup from before it"
                            + " (docs/upgrade.md).");
        }
        return !newer.isEmpty();
    }

    private String unmigratable(FlywayException e) {
        if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return "The database "
                    + url.place()
                    + " holds other tables and none of Postrider's: give it an empty database in"
                    + " POSTRIDER_DATABASE_URL.";
        }
        return "The database "
                + url.place()
                + " can't be migrated: "
                + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    void check(int version) {
        if (version < OLDEST_SERVER) {
            throw new DatabaseUnusable(
                    "The database "
                            + url.place()
                            + " is PostgreSQL "
                            + version
                            + ": Postrider needs "
                            + OLDEST_SERVER
                            + " or newer.");
        }
    }

    static DatabaseUnusable unusable(DatabaseUrl url, SQLException e) {
        var state = String.valueOf(e.getSQLState());
        var isAway =
                (PSQLState.isConnectionError(state) && !LOGIN_REFUSED.contains(state))
                        || NOT_NOW.contains(state);
        return new DatabaseUnusable(unreachable(url, e), isAway);
    }

    static String unreachable(DatabaseUrl url, SQLException e) {
        if (Pooling.hasNoTransactions(e)) {
            return "The pooler in POSTRIDER_DATABASE_URL lends connections for single statements:"
                    + " set its pool_mode to session (or transaction).";
        }
        var state = String.valueOf(e.getSQLState());
        if (LOGIN_REFUSED.contains(state)) {
            return "The database "
                    + url.place()
                    + " refuses the login of "
                    + url.user()
                    + ": check user and password in POSTRIDER_DATABASE_URL.";
        }
        if ("3D000".equals(state)) {
            return "The database "
                    + url.place()
                    + " doesn't exist: create it, or correct POSTRIDER_DATABASE_URL.";
        }
        if (PSQLState.isConnectionError(state)) {
            return "No PostgreSQL answers at "
                    + url.place()
                    + " ("
                    + e.getMessage()
                    + "): start it, or correct POSTRIDER_DATABASE_URL.";
        }
        return "The database " + url.place() + " can't be used: " + e.getMessage();
    }
}
