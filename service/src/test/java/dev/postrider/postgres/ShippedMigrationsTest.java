package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
final class ShippedMigrationsTest {
    private final DatabaseUrl server;
    private final ShippedMigrations shipped = ShippedMigrations.read();
    private FreshDatabase fresh;

    ShippedMigrationsTest(Database database) {
        this.server = database.url();
    }

    @BeforeEach
    void create() {
        fresh = FreshDatabase.on(server);
    }

    @AfterEach
    void drop() {
        fresh.close();
    }

    @Test
    void itGivesThemTheChecksumsThatFlywayKeeps() throws SQLException {
        var migrated = new Migration(fresh.url()).run();

        assertThat(schema(shipped)).contains(migrated.schema());
    }

    @Test
    void whatIsFoundUpToDateIsWhatFlywayFinds() {
        var byFlyway = new Migration(fresh.url()).run();
        var byHistory = new Migration(fresh.url()).run();

        assertThat(byHistory).isEqualTo(byFlyway);
    }

    @Test
    void anEmptyDatabaseIsForFlyway() throws SQLException {
        assertThat(schema(shipped)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update flyway_schema_history set success = false",
                "update flyway_schema_history set checksum = checksum + 1",
                "update flyway_schema_history set checksum = null",
                "update flyway_schema_history set script = 'V1__other.sql'",
                "delete from flyway_schema_history",
                """
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum,
                     installed_by, execution_time, success)
                select installed_rank + 1000, '1000', description, type, 'V1000__more.sql', checksum,
                       installed_by, execution_time, success
                from flyway_schema_history
                """,
                """
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum,
                     installed_by, execution_time, success)
                select installed_rank + 1000, version, description, type, script, checksum,
                       installed_by, execution_time, success
                from flyway_schema_history
                """,
                "create schema older; alter table flyway_schema_history set schema older"
            })
    void anotherHistoryIsForFlyway(String change) throws SQLException {
        new Migration(fresh.url()).run();
        fresh.execute(change);

        assertThat(schema(shipped)).isEmpty();
    }

    @Test
    void aMigrationThatIsNotYetAppliedIsForFlyway() throws SQLException {
        new Migration(fresh.url()).run();
        var more = new HashMap<>(shipped.checksums());
        more.put("V2000__tomorrow.sql", 1);

        assertThat(schema(new ShippedMigrations(more))).isEmpty();
    }

    /** A class path that can't be listed. */
    @Test
    void noMigrationsAreForFlyway() throws SQLException {
        new Migration(fresh.url()).run();

        assertThat(schema(new ShippedMigrations(Map.of()))).isEmpty();
    }

    private Optional<Integer> schema(ShippedMigrations migrations) throws SQLException {
        try (var connection = FreshDatabase.connect(fresh.url())) {
            return migrations.schemaOf(connection);
        }
    }
}
