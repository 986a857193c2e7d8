package dev.postrider.bench.flow;

import dev.postrider.lab.program.EmbeddedDatabase;
import dev.postrider.lab.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One program with its database, a sink and a ledger, in a folder of their own beside the build:
 * {@code /tmp} may be memory, where {@code fsync} costs nothing. Closed also when the bench is
 * interrupted.
 */
final class Rig implements AutoCloseable {
    static final String USER = "bench@example.com";
    static final String PASSWORD = "a password for the bench";

    private final Path folder;
    private final Ledger ledger;
    private final Sink sink;
    private final Program program;
    private final EmbeddedDatabase database;
    private final Connection connection;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread onInterrupt = new Thread(this::closeQuietly);

    private Rig(
            Path folder,
            Ledger ledger,
            Sink sink,
            Program program,
            EmbeddedDatabase database,
            Connection connection) {
        this.folder = folder;
        this.ledger = ledger;
        this.sink = sink;
        this.program = program;
        this.database = database;
        this.connection = connection;
    }

    static Rig start(Path launcher) throws IOException, InterruptedException, SQLException {
        var target = launcher.toAbsolutePath().resolveSibling("bench").resolve("target");
        var folder = Files.createTempDirectory(target, "flow-");
        var ledgerFile = folder.resolve("ledger");
        var ledger = Ledger.open(ledgerFile);
        var sink = Sink.start(ledgerFile);
        var data = folder.resolve("data");
        var settings =
                Map.of(
                        "POSTRIDER_DATA_DIR",
                        data.toString(),
                        "POSTRIDER_OUTBOUND_ALLOW",
                        "127.0.0.1/32",
                        "POSTRIDER_ADMIN_EMAIL",
                        USER,
                        "POSTRIDER_ADMIN_PASSWORD",
                        PASSWORD);
        var program = Program.start(launcher, settings, target.resolve("flow-program.log"));
        var stopEarly = new Thread(() -> stop(program, sink));
        Runtime.getRuntime().addShutdownHook(stopEarly);
        program.awaitReady();
        var database = EmbeddedDatabase.in(data);
        var rig = new Rig(folder, ledger, sink, program, database, database.connect());
        Runtime.getRuntime().addShutdownHook(rig.onInterrupt);
        Runtime.getRuntime().removeShutdownHook(stopEarly);
        return rig;
    }

    Ledger ledger() {
        return ledger;
    }

    Sink sink() {
        return sink;
    }

    Program program() {
        return program;
    }

    EmbeddedDatabase database() {
        return database;
    }

    Connection connection() {
        return connection;
    }

    private void closeQuietly() {
        if (closed.compareAndSet(false, true)) {
            stop(program, sink);
            try {
                delete(folder);
            } catch (IOException e) {
                System.err.println(folder + " is left: " + e.getMessage());
            }
        }
    }

    private static void stop(Program program, Sink sink) {
        try {
            program.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sink.close();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Rig::deleteFile);
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        closeQuietly();
        ledger.close();
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
}
