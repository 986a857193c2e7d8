package dev.postrider.postgres;

import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLState;

/**
 * Brings a database to this program's schema. Nodes that start together take turns (Flyway's own
 * lock). A database that a newer program has migrated is refused before anything is written.
 */
record Migration(DatabaseUrl url) {
    /** The oldest server that the tests run against. */
    private static final int OLDEST_SERVER = 15;

    void run() {
        checkServer();
        var flyway =
                Flyway.configure(Migration.class.getClassLoader())
                        .dataSource(url.jdbcUrl(), url.user(), url.password())
                        .locations("classpath:db/migration")
                        .validateMigrationNaming(true)
                        .load();
        try {
            var known = flyway.info().all();
            for (var migration : known) {
                if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                    throw new DatabaseUnusable(
                            "The database "
                                    + url.place()
                                    + " is of a newer Postrider (schema "
                                    + migration.getVersion()
                                    + "): start that version, or restore a backup from before it.");
                }
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseUnusable(
                    "The database " + url.place() + " can't be migrated: " + e.getMessage());
        }
    }

    private void checkServer() {
        var login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        login.setProperty("loginTimeout", "10");
        try (var connection = new org.postgresql.Driver().connect(url.jdbcUrl(), login)) {
            var version =
                    connection == null ? 0 : connection.getMetaData().getDatabaseMajorVersion();
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
        } catch (SQLException e) {
            throw new DatabaseUnusable(unreachable(url, e));
        }
    }

    static String unreachable(DatabaseUrl url, SQLException e) {
        var state = e.getSQLState();
        if ("28P01".equals(state) || "28000".equals(state)) {
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
