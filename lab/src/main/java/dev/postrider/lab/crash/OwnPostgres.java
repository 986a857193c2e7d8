package dev.postrider.lab.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.lab.program.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of Debian's packages that can be killed and started again on its data. */
final class OwnPostgres implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "lab";

    private final Path binaries;
    private final Path folder;
    private final int port;
    private Process process;

    private OwnPostgres(Path binaries, Path folder, int port, Process process) {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Makes new data and starts it. */
    static OwnPostgres create(Path folder) throws IOException, InterruptedException {
        var binaries = oldestInstalled();
        Files.createDirectories(folder);
        var password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres:", folder.toString()));
        }
        run(
                asPostgres(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + folder.resolve("data"),
                        "--username=rider",
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
        var port = Ports.free();
        var postgres = new OwnPostgres(binaries, folder, port, serve(binaries, folder, port));
        postgres.awaitReady();
        return postgres;
    }

    private static Path oldestInstalled() throws IOException {
        if (Files.isDirectory(PACKAGES)) {
            try (var versions = Files.list(PACKAGES)) {
                var oldest =
                        versions.map(version -> version.resolve("bin"))
                                .filter(path -> Files.isExecutable(path.resolve("initdb")))
                                .min(Comparator.naturalOrder());
                if (oldest.isPresent()) {
                    return oldest.get();
                }
            }
        }
        throw new IOException("the crash lab needs a PostgreSQL: apt-get install postgresql");
    }

    private static Process serve(Path binaries, Path folder, int port) throws IOException {
        return new ProcessBuilder(
                        asPostgres(
                                binaries.resolve("postgres").toString(),
                                "-D",
                                folder.resolve("data").toString(),
                                "-p",
                                String.valueOf(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories="))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(
                                folder.resolve("lab-postgres.log").toFile()))
                .start();
    }

    /** PostgreSQL refuses to run as root; its package has made a user for it. */
    private static List<String> asPostgres(String... command) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            words.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var started = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(started.getInputStream().readAllBytes(), UTF_8);
        if (started.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + words);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (var connection = connect()) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException _) {
                // It recovers.
                Thread.sleep(50);
            }
        }
        throw new IOException("PostgreSQL doesn't start; its words are in " + folder);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "rider", PASSWORD);
    }

    String url() {
        return "postgresql://rider:" + PASSWORD + "@127.0.0.1:" + port + "/postgres";
    }

    /** SIGKILL for all of its processes; the first one first, so that it can't tidy up. */
    void kill() throws InterruptedException {
        var children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        for (var child : children) {
            child.onExit().join();
        }
    }

    void restart() throws IOException, InterruptedException {
        process = serve(binaries, folder, port);
        awaitReady();
    }

    /** A fast shutdown, which doesn't wait for sessions. */
    @Override
    public void close() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        } catch (IOException _) {
            kill();
            return;
        }
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
