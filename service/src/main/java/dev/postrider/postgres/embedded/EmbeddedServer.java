package dev.postrider.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL that this program starts and stops, with its files in the data folder. Its superuser
 * has a generated password, kept beside the data, and every connection needs it; connections come
 * over loopback only. Its processes get none of this program's environment, which has the
 * operator's secrets in it.
 *
 * @param url where it answers
 */
record EmbeddedServer(DatabaseUrl url) {
    private static final String DATABASE = "postrider";
    private static final String SUPERUSER = "postgres";
    private static final String START_SECONDS = "120";

    /** The first PostgreSQL that lets choose how often a password is hashed. */
    private static final int CHOOSES_ITERATIONS = 16;

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    /** All that its processes get. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL", "C");

    /** Durable by name, not by default; and nothing that a machine's own PostgreSQL would share. */
    private static final List<String> SETTINGS =
            List.of(
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "logging_collector=off",
                    "log_destination=stderr",
                    "max_connections=60",
                    "shared_buffers=128MB",
                    "max_wal_size=2GB",
                    "wal_compression=on",
                    // what it writes for others is what they don't wait for: all commits wait
                    "wal_writer_delay=1s",
                    "log_checkpoints=off",
                    // nobody subscribes to another server: a process less
                    "max_logical_replication_workers=0");

    /**
     * A process that waits reads for itself: what is sent is in memory, and three that read for
     * others would be there for nothing.
     */
    private static final String READS = "io_method=sync";

    /** The first PostgreSQL with processes that read for others. */
    private static final int READS_FOR_OTHERS = 18;

    /**
     * Starts the server; one that a killed program left behind on the same data is ended first.
     *
     * @param port where it listens; 0 for a free one
     * @throws DatabaseUnusable when it doesn't start
     */
    static EmbeddedServer start(ServerFiles files, ServerChoice choice, int port) {
        var leftover = files.leftover();
        leftover.end();
        try {
            var password = files.prepare();
            var programs = ServerPrograms.choose(files, choice);
            var isNew = files.version().isEmpty();
            if (isNew) {
                initialize(programs, files);
            }
            var url =
                    new DatabaseUrl(
                            "127.0.0.1",
                            port == 0 ? freePort() : port,
                            DATABASE,
                            SUPERUSER,
                            password,
                            "");
            serve(programs, files, url.port());
            if (isNew) {
                createDatabase(url);
                files.complete();
            }
            return new EmbeddedServer(url);
        } catch (IOException | UncheckedIOException | SQLException e) {
            leftover.end();
            throw new DatabaseUnusable(
                    "The embedded database doesn't start ("
                            + e.getMessage()
                            + "): its own words are in "
                            + files.log()
                            + ".");
        }
    }

    private static void initialize(ServerPrograms programs, ServerFiles files) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                programs.program("initdb").toString(),
                                "--pgdata=" + files.data(),
                                "--username=" + SUPERUSER,
                                "--pwfile=" + files.password(),
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--data-checksums",
                                "--no-instructions"));
        if (programs.version() >= CHOOSES_ITERATIONS) {
            // who guesses 192 random bits isn't held up, only our own logins are (RFC 5802, 5.1)
            command.add("--set=scram_iterations=1");
        }
        run(files, command);
    }

    /**
     * In a session of its own, so that a Ctrl-C in this program's terminal isn't for the server.
     */
    private static void serve(ServerPrograms programs, ServerFiles files, int port)
            throws IOException {
        var options = new StringBuilder("-p " + port);
        SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
        if (programs.version() >= READS_FOR_OTHERS) {
            options.append(" -c ").append(READS);
        }
        var starting =
                begin(
                        files,
                        List.of(
                                programs.program("pg_ctl").toString(),
                                "start",
                                "--wait",
                                "--timeout=" + START_SECONDS,
                                "--silent",
                                "--pgdata=" + files.data(),
                                "--log=" + files.log(),
                                "--options=" + options));
        if (!isReadyBeforeEndOf(starting, files)) {
            awaitEnd(starting, files, "pg_ctl");
        }
    }

    /**
     * Looks more often than {@code pg_ctl}, which lets a tenth of a second pass between two looks.
     *
     * @return false when that has ended, or this thread is interrupted: it says how the start went
     */
    private static boolean isReadyBeforeEndOf(Process starting, ServerFiles files)
            throws IOException {
        try {
            while (!files.isServerReady()) {
                if (starting.waitFor(LOOK_EVERY)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void createDatabase(DatabaseUrl url) throws SQLException {
        var login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        var server =
                new DatabaseUrl(url.host(), url.port(), SUPERUSER, url.user(), url.password(), "");
        try (var connection =
                        Objects.requireNonNull(new Driver().connect(server.jdbcUrl(), login));
                var statement = connection.createStatement()) {
            statement.execute("create database postrider");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a program to its end, whoever interrupts: a start that was left alone would go on. */
    private static void run(ServerFiles files, List<String> command) throws IOException {
        awaitEnd(
                begin(files, command), files, Path.of(command.getFirst()).getFileName().toString());
    }

    private static Process begin(ServerFiles files, List<String> command) throws IOException {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to be root; in a user namespace of its own it isn't
            words.addAll(List.of("unshare", "--user"));
        }
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.directory(files.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static void awaitEnd(Process process, ServerFiles files, String name)
            throws IOException {
        var said = process.getInputStream().readAllBytes();
        Files.write(files.log(), said, StandardOpenOption.APPEND);
        var status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(
                    name
                            + " ended with status "
                            + status
                            + ": "
                            + new String(said, UTF_8).strip().replaceAll("\\s*\\R\\s*", " "));
        }
    }
}
