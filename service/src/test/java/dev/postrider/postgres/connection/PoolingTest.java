package dev.postrider.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.FreshDatabase;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.TestServer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between the program and the server is found out, and no setting is lost in it. */
@ExtendWith(TestDatabase.class)
final class PoolingTest {
    /** So often that the driver would have prepared a statement by now. */
    private static final int OFTEN = 12;

    private final TestServer server;
    private FreshDatabase fresh;

    PoolingTest(TestServer server) {
        this.server = server;
    }

    @BeforeEach
    void create() {
        fresh = server.copy();
    }

    @AfterEach
    void drop() {
        fresh.close();
    }

    @Test
    void aServerWithoutAPoolerIsKnown() throws Exception {
        assertThat(pooling(fresh.url())).isEqualTo(Pooling.NONE);
        try (var database = Database.at(fresh.url())) {
            assertThatAllIsSet(database);
        }
    }

    @ParameterizedTest
    @CsvSource({"session, SESSION", "transaction, TRANSACTION"})
    void whatThePoolerLendsIsFoundOut(String mode, Pooling pooling) throws Exception {
        try (var pooler = PgBouncer.before(fresh.url(), mode)) {
            assertThat(pooling(pooler.url())).isEqualTo(pooling);
        }
    }

    @ParameterizedTest
    @CsvSource({"session", "transaction"})
    void settingsAreInForceBehindAPooler(String mode) throws Exception {
        try (var pooler = PgBouncer.before(fresh.url(), mode);
                var database = Database.at(pooler.url())) {
            assertThatAllIsSet(database);
        }
    }

    @Test
    void nodesThatStartTogetherBehindAPoolerTakeTurns() throws Exception {
        try (var empty = FreshDatabase.on(server.migrated().server());
                var pooler = PgBouncer.before(empty.url(), "session");
                var threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> node =
                    () -> {
                        Database.at(pooler.url()).close();
                        return true;
                    };
            for (var each : threads.invokeAll(Collections.nCopies(4, node))) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void behindAPoolerOfTransactionsNoSchemaIsMigrated() throws Exception {
        try (var empty = FreshDatabase.on(server.migrated().server());
                var pooler = PgBouncer.before(empty.url(), "transaction")) {
            assertThatThrownBy(() -> Database.at(pooler.url()).close())
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining("start one node with the server itself");
        }
    }

    @Test
    void aPoolerOfStatementsIsRefusedInWords() throws Exception {
        try (var pooler = PgBouncer.before(fresh.url(), "statement")) {
            assertThatThrownBy(() -> Database.at(pooler.url()).close())
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining("pool_mode")
                    .hasMessageNotContaining(fresh.url().password());
        }
    }

    private static Pooling pooling(DatabaseUrl url) throws Exception {
        var login = new LoginConnection(url, Duration.ofSeconds(10));
        try (var connection = login.open()) {
            return Pooling.before(connection, login::open);
        }
    }

    /** On several connections at once, and again and again. */
    private static void assertThatAllIsSet(Database database) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads =
                    Collections.<Callable<Map<String, String>>>nCopies(
                            OFTEN, () -> database.read(PoolingTest::settings));
            var transactions =
                    Collections.<Callable<Map<String, String>>>nCopies(
                            OFTEN, () -> database.inTransaction(PoolingTest::settings));
            var snapshots =
                    Collections.<Callable<Map<String, String>>>nCopies(
                            OFTEN, () -> database.snapshot(PoolingTest::settings));
            for (var calls : List.of(reads, transactions, snapshots, reads)) {
                for (var call : threads.invokeAll(calls)) {
                    assertThat(call.get()).isEqualTo(SessionSettings.all());
                }
            }
        }
    }

    private static Map<String, String> settings(Handle handle) {
        return SessionSettings.all().keySet().stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                name ->
                                        handle.createQuery(
                                                        """
                                                        select setting
                                                        from pg_settings
                                                        where name = :name
                                                        """)
                                                .bind("name", name)
                                                .mapTo(String.class)
                                                .one()));
    }
}
