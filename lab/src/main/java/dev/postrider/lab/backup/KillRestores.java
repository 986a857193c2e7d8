package dev.postrider.lab.backup;

import dev.postrider.lab.crash.CrashLab;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * {@code ./postrider restore}, killed: into folders, and into databases of one's own. After each
 * kill the program is started on what there is.
 *
 * @param broken gets what isn't as it must be
 */
record KillRestores(
        CrashLab.Options options,
        Random random,
        Map<String, String> settings,
        Path backup,
        List<String> broken) {
    /** The folder that is good in the end. */
    static final String LAST = "restored";

    private static final String CUT_OFF = "cut off";
    private static final String[] STOPS = {"RESTORE_LOADED", "DATA_STAGED"};

    void intoFolders() throws IOException, InterruptedException {
        var measured = folder("measured").toItsEnd("restore", backup.toString());
        System.out.println("a restore takes " + measured.millis() + " ms");
        for (var round = 0; round < options.rounds() + STOPS.length; round++) {
            var name = "restored-" + round;
            var command = folder(name);
            var ended =
                    round < STOPS.length
                            ? command.killedAt(STOPS[round], "restore", backup.toString())
                            : command.killedAfter(
                                    random.nextLong(measured.millis()),
                                    "restore",
                                    backup.toString());
            System.out.println("restore, " + ended);
            var path = options.folder().resolve(name);
            var isStaged = Files.exists(path.resolve("staged"));
            if (isStaged && !Files.exists(path.resolve("staged/complete"))) {
                expectRefused(command);
            }
            var again = command.toItsEnd("restore", backup.toString());
            System.out.println("again, " + again.millis() + " ms");
            if (!again.isGood() && !again.isRefused("has a database in it")) {
                broken.add("a restore isn't made again: " + again);
            }
        }
        // all were restored, whenever they were killed; the last one is started on
        var last = "restored-" + (options.rounds() + STOPS.length - 1);
        Files.move(options.folder().resolve(last), options.folder().resolve(LAST));
    }

    void intoDatabases() throws IOException, InterruptedException, SQLException {
        try (var postgres = OwnPostgres.create(options.folder().resolve("own"))) {
            for (var round = 0; round < options.rounds(); round++) {
                var database = "restored_" + round;
                try (var connection = postgres.connect();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + database);
                }
                var url = postgres.url().replaceFirst("/postgres$", "/" + database);
                var own = new HashMap<>(settings);
                own.put("POSTRIDER_DATABASE_URL", url);
                var command = new RunCommand(options.launcher(), options.folder(), own);
                var ended =
                        round == 0
                                ? command.killedAt("RESTORE_LOADED", "restore", backup.toString())
                                : command.killedAfter(
                                        800 + random.nextLong(2_500), "restore", backup.toString());
                System.out.println("restore into a database, " + ended);
                if (round == 0) {
                    expectRefused(command);
                }
                var again = command.toItsEnd("restore", backup.toString());
                System.out.println("again, " + again.millis() + " ms");
                if (!again.isGood() && !again.isRefused("has data in it")) {
                    broken.add("a restore into a database isn't made again: " + again);
                }
            }
        }
    }

    private void expectRefused(RunCommand command) throws IOException, InterruptedException {
        var log = options.folder().resolve("refused.log");
        Files.deleteIfExists(log);
        try (var program = Program.start(options.launcher(), command.settings(), log)) {
            var status = program.awaitEnd();
            var said = Files.readString(log);
            System.out.print("started on it: " + said);
            if (status != 78 || !said.contains(CUT_OFF)) {
                broken.add("a program started on the half of a restore: " + said);
            }
        }
    }

    private RunCommand folder(String name) {
        var own = new HashMap<>(settings);
        own.put("POSTRIDER_DATA_DIR", options.folder().resolve(name).toString());
        return new RunCommand(options.launcher(), options.folder(), own);
    }
}
