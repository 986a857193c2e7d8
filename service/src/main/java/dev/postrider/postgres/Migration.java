package dev.postrider.postgres;

import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.util.PSQLState;

/**
 * Brings a database to this program's schema. Nodes that start together take turns (Flyway's own
 * lock). A database that a newer program has migrated is refused before anything is written.
 */
record Migration(DatabaseUrl url) {
    /** The oldest server that the tests run against. */
    private static final int OLDEST_SERVER = 15;

    /** The server's invalid_password and invalid_authorization_specification; the driver's own. */
    private static final Set<String> LOGIN_REFUSED = Set.of("28P01", "28000", "08004");

    void run() {
        checkServer();
        var flyway =
                Flyway.configure(Migration.class.getClassLoader())
                        .dataSource(url.jdbcUrl(), url.user(), url.password())
                        .locations("classpath:db/migration")
                        .validateMigrationNaming(true)
                        .load();
        try {
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseUnusable(unmigratable(e));
        }
    }

    private void refuseNewer(MigrationInfo[] migrations) {
        for (var migration : migrations) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw new DatabaseUnusable(
                        "The database "
                                + url.place()
                                + " is of a newer Postrider (schema "
                                + migration.getVersion()
                                + "): start that version, or restore a backup from before it.");
            }
        }
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

    private void checkServer() {
        var login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        login.setProperty("loginTimeout", "10");
        try (var connection = new org.postgresql.Driver().connect(url.jdbcUrl(), login)) {
            check(connection == null ? 0 : connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw new DatabaseUnusable(unreachable(url, e));
        }
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

    static String unreachable(DatabaseUrl url, SQLException e) {
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
