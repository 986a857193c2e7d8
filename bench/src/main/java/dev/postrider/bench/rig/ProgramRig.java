package dev.postrider.bench.rig;

import dev.postrider.testkit.program.Api;
import dev.postrider.testkit.program.EmbeddedDatabase;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * One program with the PostgreSQL that it brings (an installed one may be older), in a folder of
 * their own beside the build: {@code /tmp} may be memory, where {@code fsync} costs nothing. Closed
 * also when the bench is interrupted.
 */
public final class ProgramRig implements AutoCloseable {
    public static final String USER = "bench@example.com";
    public static final String PASSWORD = "a password for the bench";

    private static final String TRANSACTIONS =
            """
            select xact_commit + xact_rollback
            from pg_stat_database
            where datname = current_database()
            """;

    private final Program program;
    private final EmbeddedDatabase database;
    private final Connection connection;
    private final Api user;
    private final Path folder;
    private final Thread end;

    private ProgramRig(Program program, Path folder, Path data, Thread end)
            throws IOException, InterruptedException, SQLException {
        this.program = program;
        this.folder = folder;
        this.end = end;
        this.database = EmbeddedDatabase.in(data);
        this.connection = database.connect();
        this.user = Api.logIn(program.port(), USER, PASSWORD);
    }

    public static ProgramRig start(Path launcher)
            throws IOException, InterruptedException, SQLException {
        return start(launcher, Map.of());
    }

    /** With more settings: environment variables. */
    public static ProgramRig start(Path launcher, Map<String, String> more)
            throws IOException, InterruptedException, SQLException {
        var target = launcher.toAbsolutePath().resolveSibling("bench").resolve("target");
        var folder = Files.createTempDirectory(target, "rig-");
        var data = folder.resolve("data");
        var settings = new HashMap<>(more);
        settings.putAll(
                Map.of(
                        "POSTRIDER_DATA_DIR",
                        data.toString(),
                        "POSTRIDER_POSTGRES",
                        "bundled",
                        "POSTRIDER_OUTBOUND_ALLOW",
                        "127.0.0.1/32",
                        "POSTRIDER_ADMIN_EMAIL",
                        USER,
                        "POSTRIDER_ADMIN_PASSWORD",
                        PASSWORD));
        var program = Program.start(launcher, settings, target.resolve("program.log"));
        var end = new Thread(() -> end(program, folder));
        Runtime.getRuntime().addShutdownHook(end);
        return new ProgramRig(program.awaitReady(), folder, data, end);
    }

    public int port() {
        return program.port();
    }

    public long pid() {
        return program.pid();
    }

    public long databasePid() {
        return database.pid();
    }

    /** Of its data. */
    public Path folder() {
        return folder;
    }

    public Connection connection() {
        return connection;
    }

    /** Another connection to the database, for whoever closes it. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    public Api user() {
        return user;
    }

    /** An API key of the user; access tokens would end within a bench. */
    public String key() throws IOException, InterruptedException {
        return user.post("/api-keys", Map.of("name", "bench", "per_second", 10_000)).text("token");
    }

    /** How many the database has ended since it began. */
    public long transactions() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TRANSACTIONS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void end(Program program, Path folder) {
        try {
            program.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println(folder + " is left: " + e.getMessage());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        Runtime.getRuntime().removeShutdownHook(end);
        end(program, folder);
    }
}
