package dev.postrider.postgres.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A pooler of Debian's package in front of a database. */
record PgBouncer(DatabaseUrl url, Process process) implements AutoCloseable {
    private static final List<Path> PLACES =
            Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer").map(Path::of).toList();

    /** Skips the test where it isn't installed. */
    static PgBouncer before(DatabaseUrl database, String mode) throws IOException {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), "apt-get install pgbouncer");
        var port = FreePort.find();
        // the user whom it becomes reads it, too
        var folder =
                Files.createTempDirectory(
                        "postrider-pgbouncer",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        var config = Files.writeString(folder.resolve("pgbouncer.ini"), text(database, port, mode));
        Files.writeString(
                folder.resolve("users.txt"),
                "\"%s\" \"%s\"\n".formatted(database.user(), database.password()));
        var process =
                new ProcessBuilder(program.get().toString(), "-u", "nobody", config.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        var url =
                new DatabaseUrl(
                        "127.0.0.1",
                        port,
                        database.database(),
                        database.user(),
                        database.password(),
                        "");
        return new PgBouncer(url, process).awaitReady();
    }

    private static String text(DatabaseUrl database, int port, String mode) {
        return """
        [databases]
        * = host=%s port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = users.txt
        pool_mode = %s
        default_pool_size = 40
        """
                .formatted(database.host(), database.port(), port, mode);
    }

    private PgBouncer awaitReady() {
        await().failFast("PgBouncer has ended", () -> !process.isAlive()).until(this::answers);
        return this;
    }

    private boolean answers() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), url.port())) {
            return true;
        } catch (IOException _) {
            // not yet
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
