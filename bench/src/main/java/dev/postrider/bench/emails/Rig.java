package dev.postrider.bench.emails;

import dev.postrider.lab.program.Api;
import dev.postrider.lab.program.EmbeddedDatabase;
import dev.postrider.lab.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;

/** One program with its database, in a folder of their own beside the build. */
final class Rig implements AutoCloseable {
    static final String SENDER = "bench@example.com";
    private static final String PASSWORD = "a password for the bench";

    private static final String TRANSACTIONS =
            """
            select xact_commit + xact_rollback
            from pg_stat_database
            where datname = current_database()
            """;

    private final Path folder;
    private final Program program;
    private final EmbeddedDatabase database;
    private final Connection connection;
    private final String key;

    private Rig(Path folder, Program program, Path data)
            throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.program = program;
        this.database = EmbeddedDatabase.in(data);
        this.connection = database.connect();
        var user = Api.logIn(program.port(), SENDER, PASSWORD);
        var _ =
                user.post("/mailboxes", Map.of("address", SENDER, "provider", "sandbox"))
                        .text("id");
        this.key =
                user.post("/api-keys", Map.of("name", "bench", "per_second", 10_000)).text("token");
    }

    static Rig start(Path launcher) throws IOException, InterruptedException, SQLException {
        var target = launcher.toAbsolutePath().resolveSibling("bench").resolve("target");
        var folder = Files.createTempDirectory(target, "emails-");
        var data = folder.resolve("data");
        var program =
                Program.start(
                        launcher,
                        Map.of(
                                "POSTRIDER_DATA_DIR",
                                data.toString(),
                                "POSTRIDER_ADMIN_EMAIL",
                                SENDER,
                                "POSTRIDER_ADMIN_PASSWORD",
                                PASSWORD),
                        target.resolve("emails-program.log"));
        // an interrupted bench leaves no program behind
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program)));
        program.awaitReady();
        return new Rig(folder, program, data);
    }

    private static void stop(Program program) {
        try {
            program.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return program.port();
    }

    long pid() {
        return program.pid();
    }

    long databasePid() {
        return database.pid();
    }

    String key() {
        return key;
    }

    long transactions() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TRANSACTIONS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws IOException, SQLException, InterruptedException {
        connection.close();
        program.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
