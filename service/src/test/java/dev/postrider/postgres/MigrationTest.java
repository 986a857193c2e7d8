package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestDatabase.class)
final class MigrationTest {
    private final DatabaseUrl server;
    private FreshDatabase fresh;

    MigrationTest(Database database) {
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
    void aSecondStartChangesNothing() {
        Database.at(fresh.url()).close();
        try (var database = Database.at(fresh.url())) {
            assertThat(versions(database)).startsWith("1").doesNotHaveDuplicates();
        }
    }

    @Test
    void nodesThatStartTogetherTakeTurns() throws Exception {
        var nodes = 4;
        var start = new CyclicBarrier(nodes);
        Callable<List<String>> node =
                () -> {
                    start.await();
                    try (var database = Database.at(fresh.url())) {
                        return versions(database);
                    }
                };
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            for (var started : threads.invokeAll(java.util.Collections.nCopies(nodes, node))) {
                assertThat(started.get()).startsWith("1").doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aDatabaseOfANewerPostriderIsRefused() {
        try (var database = Database.at(fresh.url())) {
            database.read(handle ->
                    handle.execute(
                            """
                            insert into flyway_schema_history
                                (installed_rank, version, description, type, script, checksum,
                                 installed_by, execution_time, success)
                            values (1000, '1000', 'of tomorrow', 'SQL', 'V1000__of_tomorrow.sql', 1,
                                    'postgres', 1, true)
                            """));
        }
        assertUnusable(fresh.url())
                .hasMessage(
                        "The database %s is of a newer Postrider (schema 1000): start that version, or"
                                + " restore a backup from before it.",
                        fresh.url().place());
    }

    @Test
    void aDatabaseThatHoldsSomethingElseIsRefused() {
        fresh.execute("create table invoice (id bigint)");
        assertUnusable(fresh.url())
                .hasMessageStartingWith("The database " + fresh.url().place())
                .hasMessageContaining("other tables");
    }

    @Test
    void aWrongPasswordIsSaid() {
        assertUnusable(login(server.user(), "wrong", server.database()))
                .hasMessage(
                        "The database %s refuses the login of %s: check user and password in"
                                + " POSTRIDER_DATABASE_URL.",
                        server.place(), server.user());
    }

    @Test
    void anUnknownUserIsSaid() {
        assertUnusable(login("nobody", server.password(), server.database()))
                .hasMessageContaining("refuses the login of nobody");
    }

    @Test
    void aMissingDatabaseIsSaid() {
        assertUnusable(login(server.user(), server.password(), "missing"))
                .hasMessageContaining("/missing doesn't exist: create it");
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws IOException {
        var port = FreePort.find();
        assertUnusable(new DatabaseUrl("127.0.0.1", port, "db", "user", "secret", ""))
                .hasMessageStartingWith("No PostgreSQL answers at 127.0.0.1:" + port + "/db (")
                .hasMessageEndingWith("): start it, or correct POSTRIDER_DATABASE_URL.");
    }

    @Test
    void aHostThatHasNoAddressIsSaid() {
        assertUnusable(new DatabaseUrl("database.invalid", 5432, "db", "user", "secret", ""))
                .hasMessageStartingWith("No PostgreSQL answers at database.invalid:5432/db (");
    }

    @ParameterizedTest
    @CsvSource({"14, is PostgreSQL 14: Postrider needs 15 or newer", "9, is PostgreSQL 9: "})
    void aServerThatIsTooOldIsSaid(int version, String words) {
        assertThatThrownBy(() -> new Migration(server).check(version))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining(words);
    }

    @Test
    void theOldestServerIsNotTooOld() {
        new Migration(server).check(15);
    }

    private DatabaseUrl login(String user, String password, String database) {
        return new DatabaseUrl(server.host(), server.port(), database, user, password, "");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable>
            assertUnusable(DatabaseUrl url) {
        return assertThatThrownBy(() -> Database.at(url).close())
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("secret");
    }

    private static List<String> versions(Database database) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select version
                                from flyway_schema_history
                                where version is not null
                                order by installed_rank
                                """)
                        .mapTo(String.class)
                        .list());
    }
}
