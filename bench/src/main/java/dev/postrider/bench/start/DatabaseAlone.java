package dev.postrider.bench.start;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.program.EmbeddedDatabase;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program's PostgreSQL without the program: the same executable with the same settings.
 *
 * @param command as the program has started it
 */
record DatabaseAlone(List<String> command) {
    private static final String USER = "postgres";

    DatabaseAlone {
        command = List.copyOf(command);
    }

    /** The one of a program that runs. */
    static DatabaseAlone of(EmbeddedDatabase database) throws IOException {
        var process = Path.of("/proc", String.valueOf(database.pid()));
        var words = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
        var command = new ArrayList<>(List.of(words.split("\0", -1)));
        command.removeIf(String::isEmpty);
        command.set(0, Files.readSymbolicLink(process.resolve("exe")).toString());
        return new DatabaseAlone(command);
    }

    /** Makes data in a folder that isn't there yet. */
    void initialize(Path folder) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        var password = Files.writeString(folder.resolve("password"), USER);
        var initdb =
                unprivileged(
                        Path.of(command.getFirst()).resolveSibling("initdb").toString(),
                        "--pgdata=" + data(folder),
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-instructions");
        var process = start(folder, initdb);
        if (process.waitFor() != 0) {
            throw new IOException("initdb failed: " + Files.readString(log(folder)));
        }
    }

    /** Starts it, and returns when somebody has logged in. */
    Running start(Path folder) throws IOException, InterruptedException {
        var port = FreePort.find();
        var words = new ArrayList<>(command);
        for (var i = 0; i < words.size() - 1; i++) {
            switch (words.get(i)) {
                case "-D" -> words.set(i + 1, data(folder).toString());
                case "-p" -> words.set(i + 1, String.valueOf(port));
                default -> {}
            }
        }
        var process = start(folder, unprivileged(words.toArray(String[]::new)));
        while (process.isAlive()) {
            if (answers(port)) {
                return new Running(process);
            }
            Thread.sleep(5);
        }
        throw new IOException("PostgreSQL doesn't start: " + Files.readString(log(folder)));
    }

    private static boolean answers(int port) {
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, USER)) {
            return connection.isValid(5);
        } catch (SQLException _) {
            // not yet
            return false;
        }
    }

    /** PostgreSQL refuses to be root; in a user namespace of its own it isn't. */
    private static List<String> unprivileged(String... words) {
        var all = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("unshare", "--user"));
        }
        all.addAll(List.of(words));
        return all;
    }

    private static Process start(Path folder, List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
                .start();
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    /** One that answers. */
    record Running(Process process) implements Subject.Ready {
        @Override
        public double processor() throws IOException {
            return ProcessCost.microsOfTree(process.pid()) / 1e6;
        }

        @Override
        public Started.Idle idle() throws IOException {
            return new Started.Idle(
                    processor(),
                    Double.NaN,
                    Double.NaN,
                    ProcessCost.megabytesOfTree(process.pid()));
        }

        /** SIGINT: a checkpoint is written, and the next start needs no recovery. */
        @Override
        public void close() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL doesn't end");
            }
        }
    }
}
