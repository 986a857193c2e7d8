package dev.postrider.postgres.copy;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** The schema of an earlier time, empty, for the rows of that time. */
public final class SchemaAt {
    private SchemaAt() {}

    /**
     * Makes it.
     *
     * @throws DatabaseUnusable when this program is older than the schema
     */
    public static void make(DatabaseUrl url, String version) {
        try {
            if (!isKnown(flyway(url, "latest"), version)) {
                throw new DatabaseUnusable(
                        "The rows are of schema "
                                + version
                                + ", which this Postrider doesn't know: it is older than they are. Use"
                                + " the version that they come from, or a newer one.");
            }
            flyway(url, version).migrate();
        } catch (FlywayException e) {
            throw new DatabaseUnusable(
                    "The database "
                            + url.place()
                            + " can't be made ready: "
                            + String.valueOf(e.getMessage())
                                    .strip()
                                    .replaceAll("\\s*\\R\\s*", " "));
        }
    }

    private static boolean isKnown(Flyway flyway, String version) {
        for (var migration : flyway.info().all()) {
            if (MigrationVersion.fromVersion(version).equals(migration.getVersion())
                    && migration.getState().isResolved()) {
                return true;
            }
        }
        return false;
    }

    private static Flyway flyway(DatabaseUrl url, String version) {
        return Flyway.configure(SchemaAt.class.getClassLoader())
                .dataSource(url.jdbcUrl(), url.user(), url.password())
                .locations("classpath:db/migration")
                .target(version)
                .load();
    }
}
