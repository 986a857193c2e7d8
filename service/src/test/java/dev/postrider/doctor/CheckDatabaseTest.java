package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.wire.FreePort;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server; one whose settings are spoiled is the test's own. */
@ExtendWith(TestDatabase.class)
final class CheckDatabaseTest {
    private static final int CONNECTIONS = 17;

    private final Database database;

    CheckDatabaseTest(Database database) {
        this.database = database;
    }

    @Test
    void aGoodOneIsGood() throws Exception {
        assertThat(found(database.url()))
                .contains("OK database", "OK database-schema", "OK database-clock")
                .noneMatch(each -> each.startsWith("PROBLEM"));
    }

    /** On a server of Debian's packages, which has no settings of ours. */
    @Test
    void whatSpoilsItIsSaid() throws Exception {
        var installed = OwnPostgres.installed();
        assumeThat(installed).as("a PostgreSQL of the distribution's").isPresent();
        try (var own = OwnPostgres.temporary(installed.orElseThrow());
                var connection = own.connect()) {
            var url = url(own.url());
            assertThat(found(url))
                    .contains(
                            "OK database",
                            "OK database-durable",
                            "OK database-autovacuum",
                            "OK database-connections",
                            "OK database-empty");
            for (var name :
                    List.of("fsync", "full_page_writes", "synchronous_commit", "autovacuum")) {
                set(connection, name, "off");
                assertThat(found(url)).contains("PROBLEM database-" + name.replace('_', '-'));
                set(connection, name, "on");
            }
            set(connection, "idle_in_transaction_session_timeout", "5000");
            assertThat(found(url)).contains("WARNING database-idle-in-transaction-session-timeout");
            set(connection, "default_transaction_read_only", "on");
            assertThat(found(url)).contains("PROBLEM database-read-only");
            assertThat(Found.by(new CheckDatabase(Optional.of(url), false, 10_000)))
                    .contains("PROBLEM database-connections");
        }
    }

    /**
     * Each node may open as many; what others have isn't there, though their rights hide what it
     * is.
     */
    @Test
    void nodesThatRunAndOthersAreCounted() throws Exception {
        var installed = OwnPostgres.installed();
        assumeThat(installed).as("a PostgreSQL of the distribution's").isPresent();
        try (var own = OwnPostgres.temporary(installed.orElseThrow());
                var connection = own.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table node (name text, seen_at timestamptz)");
            statement.execute("create role hiker login password 'hidden-word'");
            statement.execute("grant select on node to hiker");
            var url = url(own.url());
            var hiker =
                    new DatabaseUrl(
                            url.host(),
                            url.port(),
                            url.database(),
                            "hiker",
                            "hidden-word",
                            url.query());
            assertThat(room(hiker, 30))
                    .startsWith("OK It takes")
                    .contains(
                            "of which others have 1;",
                            "0 nodes run, and there is room for 3 nodes");
            statement.execute(
                    "insert into node select i, now() - i * interval '1 minute' from"
                            + " generate_series(0, 5) as i");
            assertThat(room(hiker, 30)).startsWith("OK").contains("1 node runs");
            statement.execute("insert into node select i, now() from generate_series(1, 3) as i");
            assertThat(room(hiker, 30)).startsWith("WARNING").contains("4 nodes run");
            statement.execute("alter role hiker connection limit 20");
            assertThat(room(hiker, 30)).startsWith("PROBLEM It takes 20 connections");
        }
    }

    private static String room(DatabaseUrl url, int connections) throws Exception {
        return new CheckDatabase(Optional.of(url), false, connections)
                .look().stream()
                        .filter(each -> each.id().startsWith("database-connections"))
                        .map(each -> each.severity() + " " + each.what())
                        .findAny()
                        .orElseThrow();
    }

    /** As an operator would; and then waits until the server has read it. */
    private static void set(Connection connection, String name, String value) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("alter system set " + name + " = '" + value + "'");
            statement.execute("select pg_reload_conf()");
        }
        await().until(() -> {
            try (var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "select setting from pg_settings where name = '"
                                            + name
                                            + "'")) {
                rows.next();
                return rows.getString(1).equals(value);
            }
        });
    }

    private static DatabaseUrl url(String text) {
        return switch (DatabaseUrl.parse(text)) {
            case DatabaseUrl.Parsed.Valid(var valid) -> valid;
            case DatabaseUrl.Parsed.Invalid(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void aSchemaOfAnotherVersionIsSaid() throws Exception {
        var version =
                database.read(handle ->
                        handle.createQuery(
                                        "select version from flyway_schema_history order by"
                                                + " installed_rank desc limit 1")
                                .mapTo(String.class)
                                .one());
        history("9999", version);
        try {
            assertThat(found(database.url())).contains("PROBLEM database-newer");
        } finally {
            history(version, "9999");
        }
    }

    private void history(String version, String before) {
        database.statement(handle ->
                handle.createUpdate(
                                "update flyway_schema_history set version = :version where version ="
                                        + " :before")
                        .bind("version", version)
                        .bind("before", before)
                        .execute());
    }

    @Test
    void oneThatIsAwayOrRefusesTheLoginIsSaidWithoutThePassword() throws Exception {
        var url = database.url();
        var away =
                new DatabaseUrl(
                        "127.0.0.1", FreePort.find(), "postrider", "rider", "hidden-word", "");
        var refused =
                new DatabaseUrl(
                        url.host(),
                        url.port(),
                        url.database(),
                        url.user(),
                        "hidden-word",
                        url.query());
        for (var each : List.of(away, refused)) {
            var check = new CheckDatabase(Optional.of(each), false, CONNECTIONS);
            assertThat(Found.by(check)).containsExactly("PROBLEM database-away");
            assertThat(check.look().toString()).doesNotContain("hidden-word");
        }
        assertThat(Found.by(new CheckDatabase(Optional.empty(), true, CONNECTIONS)))
                .containsExactly("OK database-stopped");
    }

    @Test
    void aMasterKeyIsLookedAtWithItsDatabase(@TempDir Path folder) throws Exception {
        var file = new MasterKeyFile(folder.resolve("key.json"));
        assertThat(Found.by(key(file, true))).containsExactly("OK master-key-new");
        assertThat(Found.by(key(file, false))).containsExactly("PROBLEM master-key-unusable");
        file.create();
        Vault.of(database, file);
        assertThat(Found.by(key(file, false)))
                .containsExactly("OK master-key", "OK master-key-opens", "OK master-key-backup");

        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Found.by(key(file, false))).containsExactly("PROBLEM master-key-unusable");
        Files.delete(file.path());
        file.create();
        assertThat(Found.by(key(file, false))).contains("PROBLEM master-key-of-another");
    }

    private CheckMasterKey key(MasterKeyFile file, boolean isNew) {
        return new CheckMasterKey(
                file,
                isNew,
                Optional.of(source -> {
                    Vault.requireOneThatOpens(database, source);
                    return true;
                }));
    }

    private static List<String> found(DatabaseUrl url) throws Exception {
        return Found.by(new CheckDatabase(Optional.of(url), false, CONNECTIONS));
    }
}
