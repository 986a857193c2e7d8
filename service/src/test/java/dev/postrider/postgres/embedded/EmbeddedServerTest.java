package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedServerTest {
    private static DataFolder folder;
    private static Database database;

    @BeforeAll
    static void start() {
        folder = DataFolder.take(EmbeddedFolder.PATH);
        database = EmbeddedDatabase.open(folder, ServerChoice.BUNDLED);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        folder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void whatIsCommittedIsOnTheDisk(String setting) {
        assertThat(show(setting)).isEqualTo("on");
    }

    @Test
    void itListensOnLoopbackOnly() throws IOException {
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show("unix_socket_directories")).isEmpty();
        assertThat(answers(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(otherAddresses()).noneMatch(EmbeddedServerTest::answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "password"})
    void nobodyLogsInWithoutItsPassword(String password) {
        assertThatThrownBy(() -> Database.at(withPassword(password)))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("refuses the login of postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgres-binaries", "postgres.password", "postgres.log"})
    void itsFilesAreClosedToOthers(String name) throws IOException {
        var permissions =
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.path().resolve(name)));
        assertThat(permissions).startsWith("rw").endsWith("------");
    }

    @Test
    void theFolderIsClosedToOthers() throws IOException {
        Path fresh = Files.createTempDirectory("postrider").resolve("new");
        try (var taken = DataFolder.take(fresh)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken.path())))
                    .isEqualTo("rwx------");
        }
    }

    /** This program's has the first user's password, the master key, the database's URL. */
    @Test
    void itsProcessesGetNothingOfTheProgramsEnvironment() throws IOException {
        var process =
                Files.readAllLines(folder.path().resolve("postgres").resolve("postmaster.pid"));
        var environment =
                Files.readString(Path.of("/proc", process.getFirst().strip(), "environ"))
                        .split("\0");
        assertThat(environment)
                .extracting(each -> each.replaceFirst("=.*", ""))
                .isSubsetOf(
                        "PATH",
                        "LC_ALL",
                        // what the shell and PostgreSQL's own programs add
                        "PWD",
                        "PGDATA",
                        "PGLOCALEDIR",
                        "PGSYSCONFDIR",
                        "PG_GRANDPARENT_PID");
    }

    private static String show(String setting) {
        return database.read(handle ->
                handle.createQuery("select current_setting(:name)")
                        .bind("name", setting)
                        .mapTo(String.class)
                        .one());
    }

    private static DatabaseUrl withPassword(String password) {
        var url = database.url();
        return new DatabaseUrl(
                url.host(), url.port(), url.database(), url.user(), password, url.query());
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
                .toList();
    }

    private static boolean answers(InetAddress address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, database.url().port()), 2_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
