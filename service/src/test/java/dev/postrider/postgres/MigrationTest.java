package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import dev.postrider.rig.OnTheEmbeddedDatabaseOnly;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class MigrationTest {
    private final DatabaseUrl server;
    private final TestServer tests;
    private FreshDatabase fresh;

    MigrationTest(TestServer tests) {
        this.server = tests.migrated().server();
        this.tests = tests;
    }

    @BeforeEach
    void create() {
        fresh = tests.copy();
    }

    /** Nothing is in it yet. */
    private void empty() {
        fresh.close();
        fresh = FreshDatabase.on(server);
    }

    @AfterEach
    void drop() {
        fresh.close();
    }

    @Test
    void aSecondStartChangesNothing() {
        empty();
        Database.at(fresh.url()).close();
        try (var database = Database.at(fresh.url())) {
            assertThat(versions(database)).startsWith("1").doesNotHaveDuplicates();
        }
    }

    @Test
    void nodesThatStartTogetherTakeTurns() throws Exception {
        empty();
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
        var known = known();
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
                        "The database %s is of a newer Postrider (schema 1000, which needs programs that"
                                + " know schema 1000; this one knows %d): start a newer version, or restore"
                                + " a backup from before it (docs/upgrade.md).",
                        fresh.url().place(), known);
    }

    @Test
    void anOlderProgramStartsOnANewerSchemaThatWorksWithIt(@TempDir Path folder)
            throws IOException {
        var known = known();
        migration(
                folder, known + 1, "more_since_" + known, "alter table node add column more text");

        assertThat(newer(folder).run().schema()).isEqualTo(known + 1);

        try (var older = Database.at(fresh.url())) {
            assertThat(older.schema()).isEqualTo(known);
            assertThat(versions(older)).endsWith(Integer.toString(known + 1));
        }
    }

    @Test
    void anOlderProgramIsRefusedOnceOneStepNeedsANewerOne(@TempDir Path folder) throws IOException {
        var known = known();
        migration(
                folder, known + 1, "more_since_" + known, "alter table node add column more text");
        migration(
                folder,
                known + 2,
                "less_since_" + (known + 1),
                "alter table node drop column more");

        newer(folder).run();

        assertUnusable(fresh.url())
                .hasMessageContaining(
                        "(schema %d, which needs programs that know schema %d; this one knows %d)",
                        known + 2, known + 1, known);
    }

    @Test
    @OnTheEmbeddedDatabaseOnly
    void aStepThatRunningNodesDoNotWorkWithWaitsForThem(@TempDir Path folder) throws IOException {
        var known = known();
        beat("one", "0 seconds", known);
        beat("two", "0 seconds", known + 1);
        migration(
                folder, known + 1, "more_since_" + known, "alter table node add column more text");
        newer(folder).run();
        migration(
                folder,
                known + 2,
                "less_since_" + (known + 1),
                "alter table node drop column more");
        try (var lives = KeepBeating.start(() -> beat("one", "0 seconds", known))) {
            assertThatThrownBy(() -> newer(folder).run())
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining(
                            "nodes of an older Postrider run (one; schema %d), and this version's changes"
                                    + " need nodes that know schema %d: stop them, or upgrade them first",
                            known, known + 1);
            assertThat(lives).isNotNull();
        }
        // it was killed: nobody will say so for it
        beat("one", "5 seconds", known);
        assertThat(newer(folder).run().schema()).isEqualTo(known + 2);
    }

    @Test
    void aStepThatWaitsForALockLetsOthersPassAndTriesAgain(@TempDir Path folder) throws Exception {
        var known = known();
        migration(
                folder, known + 1, "more_since_" + known, "alter table node add column more text");
        try (var reader = FreshDatabase.connect(fresh.url())) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("select * from node");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var migrated = threads.submit(() -> newer(folder).run().schema());
                awaitLockWaitThatEnds();
                assertThat(migrated.isDone()).isFalse();
                reader.commit();
                assertThat(migrated.get()).isEqualTo(known + 1);
            }
        }
    }

    @Test
    void anIndexIsCreatedBesideRunningNodes(@TempDir Path folder) throws IOException {
        var known = known();
        migration(
                folder,
                known + 1,
                "seen_since_" + known,
                "create index concurrently node_seen on node (seen_at)");
        assertThat(newer(folder).run().schema()).isEqualTo(known + 1);
    }

    private int known() {
        try (var database = Database.at(fresh.url())) {
            return database.schema();
        }
    }

    private Migration newer(Path folder) {
        return new Migration(
                fresh.url(), List.of("classpath:db/migration", "filesystem:" + folder));
    }

    private static void migration(Path folder, int version, String name, String statement)
            throws IOException {
        Files.writeString(folder.resolve("V" + version + "__" + name + ".sql"), statement + ";\n");
    }

    private void beat(String node, String ago, int schema) {
        fresh.execute(
                """
                insert into node (name, seen_at, schema)
                values ('%s', now() - interval '%s', %d)
                on conflict (name) do update
                set seen_at = excluded.seen_at
                """
                        .formatted(node, ago, schema));
    }

    /** Returns when the migration has waited, given up and begun to wait once more. */
    private void awaitLockWaitThatEnds() throws Exception {
        var waiting =
                """
                select count(*), coalesce(max(query_start)::text, '')
                from pg_stat_activity
                where wait_event_type = 'Lock'
                  and datname = current_database()
                """;
        try (var connection = FreshDatabase.connect(fresh.url());
                var statement = connection.createStatement()) {
            var first = "";
            while (true) {
                try (var rows = statement.executeQuery(waiting)) {
                    rows.next();
                    var began = rows.getString(2);
                    if (rows.getInt(1) > 0 && !first.isEmpty() && !began.equals(first)) {
                        return;
                    }
                    first = first.isEmpty() ? began : first;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** A node that says that it lives, until it is closed. */
    private record KeepBeating(Thread thread) implements AutoCloseable {
        static KeepBeating start(Runnable beat) {
            return new KeepBeating(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!Thread.interrupted()) {
                                    beat.run();
                                    LockSupport.parkNanos(500_000_000);
                                }
                            }));
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aDatabaseThatHoldsSomethingElseIsRefused() {
        empty();
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

    /** A later start may succeed with the same settings, or not: its supervisor goes by that. */
    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "08006, true",
        "57P03, true",
        "53300, true",
        "08004, false",
        "28P01, false",
        "3D000, false",
        "42501, false",
        ", false"
    })
    void aServerThatIsAwayIsToldFromOneThatRefuses(String state, boolean passes) {
        assertThat(Migration.unusable(server, new SQLException("no", state)).passes())
                .isEqualTo(passes);
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
