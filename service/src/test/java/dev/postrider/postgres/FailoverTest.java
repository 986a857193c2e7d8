package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node makes of servers that die, change places, or stand alone. */
@ExtendWith(TestDatabase.class)
final class FailoverTest {
    private final Database database;

    FailoverTest(Database database) {
        this.database = database;
    }

    @Test
    void aServerThatHasBecomeReadOnlyIsAwayAndIsNotAskedAgain() {
        assertThatThrownBy(() ->
                        database.inTransaction(handle -> {
                            handle.execute("set session characteristics as transaction read only");
                            handle.execute("set transaction read only");
                            return write(handle);
                        }))
                .isInstanceOfSatisfying(
                        DatabaseAway.class,
                        e -> assertThat(e.kind()).isEqualTo(DatabaseAway.Kind.AWAY));
        assertThat(database.inTransaction(FailoverTest::write)).isZero();
    }

    private static int write(Handle handle) {
        return handle.createUpdate("delete from lane where false").execute();
    }

    @Test
    void ofSeveralHostsTheOneThatAnswersIsTaken() throws IOException {
        var url = database.url();
        var several =
                new DatabaseUrl(
                        url.host(),
                        FreePort.find(),
                        url.database(),
                        url.user(),
                        url.password(),
                        url.query(),
                        List.of(new DatabaseUrl.Host(url.host(), url.port())));
        try (var found = Database.at(several)) {
            assertThat(found.inTransaction(FailoverTest::write)).isZero();
        }
    }

    @Test
    @Timeout(60)
    void aCommitThatTheStandbyHasNotConfirmedIsNoneToRelyOn() throws Exception {
        var binaries = OwnPostgres.installed();
        Assumptions.assumeTrue(binaries.isPresent(), "apt-get install postgresql");
        try (var server = OwnPostgres.temporary(binaries.get());
                var alone = Database.at(url(server))) {
            execute(server, "create table promise (id integer)");
            execute(server, "alter system set synchronous_standby_names = 'nobody'");
            execute(server, "select pg_reload_conf()");
            Function<Handle, Integer> insert =
                    handle -> handle.createUpdate("insert into promise values (1)").execute();
            assertUnconfirmed(server, () -> alone.inTransaction(insert::apply));
            assertUnconfirmed(server, () -> alone.statement(insert));
            assertUnconfirmed(
                    server,
                    () ->
                            alone.statement(handle ->
                                    BatchStatement.of("insert into promise values (1) returning id")
                                            .on(handle)
                                            .list(row -> row.getInt("id"))
                                            .getFirst()));
        }
    }

    private static DatabaseUrl url(OwnPostgres server) {
        return switch (DatabaseUrl.parse(server.url())) {
            case DatabaseUrl.Parsed.Valid(var url) -> url;
            case DatabaseUrl.Parsed.Invalid(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private static void assertUnconfirmed(
            OwnPostgres server, java.util.function.Supplier<Integer> commit) throws Exception {
        var done = CompletableFuture.supplyAsync(commit);
        while (!done.isDone() && !isCanceled(server)) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(done::join)
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseAway.class,
                        e -> assertThat(e.kind()).isEqualTo(DatabaseAway.Kind.UNCONFIRMED));
    }

    /** Ends the wait of a commit that waits for its standby. */
    private static boolean isCanceled(OwnPostgres server) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select pg_cancel_backend(pid)
                                from pg_stat_activity
                                where wait_event = 'SyncRep'
                                """)) {
            return rows.next();
        }
    }

    private static void execute(OwnPostgres server, String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
