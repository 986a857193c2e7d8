package dev.postrider.testkit.program;

import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL like an operator's own, of Debian's packages: the oldest that Postrider supports of
 * those that are installed. It can be killed and started again on its data, and ends with this
 * process however that ends.
 */
public final class OwnPostgres implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 15;
    private static final Duration START = Duration.ofMinutes(1);
    private static final String USER = "rider";

    /** Ends the server, by its process file, when nobody holds the standard input any more. */
    private static final String GUARD =
            """
            folder=$1
            ending=$2
            shift 2
            "$@" >> "$folder/server.log" 2>&1 &
            cat > /dev/null
            kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")"
            wait
            [ "$ending" = keep ] || rm -rf "$folder"
            """;

    private final Path binaries;
    private final Path folder;
    private final boolean temporary;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private Process guard;

    private OwnPostgres(Path binaries, Path folder, boolean temporary) throws IOException {
        this.binaries = binaries;
        this.folder = folder;
        this.temporary = temporary;
        this.port = FreePort.find();
        Files.createDirectories(folder);
        initialize();
        this.guard = serve();
    }

    /** The folder of its programs; empty when no package is installed. */
    public static Optional<Path> installed() throws IOException {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (var versions = Files.list(PACKAGES)) {
            return versions.filter(path -> path.getFileName().toString().matches("[0-9]{2}"))
                    .filter(path -> Files.isExecutable(path.resolve("bin").resolve("initdb")))
                    .filter(path -> version(path) >= OLDEST)
                    .min(Comparator.comparingInt(OwnPostgres::version))
                    .map(path -> path.resolve("bin"));
        }
    }

    private static int version(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /** Makes new data in a folder that stays, and starts it. */
    public static OwnPostgres create(Path folder) throws IOException, InterruptedException {
        var binaries =
                installed()
                        .orElseThrow(() ->
                                new IOException(
                                        "PostgreSQL is needed: apt-get install postgresql"));
        return new OwnPostgres(binaries, folder, false).awaitReady();
    }

    /** The same in a folder that goes when it ends. */
    public static OwnPostgres temporary(Path binaries) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("postrider-own");
        return new OwnPostgres(binaries, folder, true).awaitReady();
    }

    private void initialize() throws IOException {
        var passwordFile = Files.writeString(folder.resolve("password"), password);
        giveToPostgres(folder);
        run(
                asPostgres(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + folder.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
    }

    private Process serve() throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
        command.add(temporary ? "remove" : "keep");
        command.addAll(
                asPostgres(
                        binaries.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** PostgreSQL refuses to run as root; its package has made a user for it. */
    public static List<String> asPostgres(String... command) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            words.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    /** A folder and what is in it, where that user is another. */
    public static void giveToPostgres(Path folder) throws IOException {
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres:", folder.toString()));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException {
        var started = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.onExit().join().exitValue() != 0) {
            throw new IOException(command + " failed:\n" + words);
        }
    }

    private OwnPostgres awaitReady() throws IOException, InterruptedException {
        var isReady =
                List.of(
                        binaries.resolve("pg_isready").toString(),
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--quiet");
        var end = System.nanoTime() + START.toNanos();
        while (guard.isAlive() && System.nanoTime() < end) {
            if (new ProcessBuilder(isReady).start().waitFor() == 0) {
                return this;
            }
            Thread.sleep(50);
        }
        throw new IOException("PostgreSQL doesn't start; its words are in " + folder);
    }

    /** For whoever has the driver. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    /** As it is given in {@code POSTRIDER_DATABASE_URL}. */
    public String url() {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/postgres";
    }

    /** SIGKILL for all of its processes; the first one first, so that it can't tidy up. */
    public void kill() throws InterruptedException {
        var all = Stream.concat(guard.children(), guard.descendants()).distinct().toList();
        guard.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            each.onExit().join();
        }
    }

    public void restart() throws IOException, InterruptedException {
        guard = serve();
        awaitReady();
    }

    /** An immediate shutdown: nobody needs the data again. */
    @Override
    public void close() throws IOException, InterruptedException {
        guard.getOutputStream().close();
        if (!guard.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
