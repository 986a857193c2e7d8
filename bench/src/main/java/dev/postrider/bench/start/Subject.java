package dev.postrider.bench.start;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.program.EmbeddedDatabase;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Something that starts, is ready then, and ends. */
sealed interface Subject {
    /** A start, in a folder that may have the data of an earlier one in it. */
    Ready start(Path folder) throws IOException, InterruptedException;

    /** One that is ready. */
    interface Ready extends AutoCloseable {
        /** Seconds of processor time so far, of all processes. */
        double processor() throws IOException;

        /** What it holds now. */
        Started.Idle idle() throws IOException;

        @Override
        void close() throws IOException, InterruptedException;
    }

    /**
     * The program.
     *
     * @param launcher the script {@code postrider}, of the sources or of a package
     */
    record OfProgram(Path launcher) implements Subject {
        /** What each start is given: a package has nothing else, and so the others haven't. */
        private static final Map<String, String> SETTINGS =
                Map.of(
                        "POSTRIDER_POSTGRES", "bundled",
                        "POSTRIDER_ADMIN_EMAIL", "postmaster@example.com",
                        "POSTRIDER_ADMIN_PASSWORD", "a password for the bench");

        @Override
        public ReadyProgram start(Path folder) throws IOException, InterruptedException {
            var settings = new HashMap<>(SETTINGS);
            settings.put("POSTRIDER_DATA_DIR", folder.toString());
            var program =
                    Program.start(launcher, settings, folder.resolveSibling("log")).awaitReady();
            return new ReadyProgram(program, EmbeddedDatabase.in(folder));
        }
    }

    /** The program, and its server. */
    record ReadyProgram(Program program, EmbeddedDatabase database) implements Ready {
        @Override
        public double processor() throws IOException {
            return (ProcessCost.micros(program.pid()) + ProcessCost.microsOfTree(database.pid()))
                    / 1e6;
        }

        @Override
        public Started.Idle idle() throws IOException {
            return new Started.Idle(
                    processor(),
                    ProcessCost.residentMegabytes(program.pid()),
                    ProcessCost.ownMegabytes(program.pid()),
                    ProcessCost.megabytesOfTree(database.pid()));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            program.end();
        }
    }

    /** Its PostgreSQL alone. */
    record OfDatabase(DatabaseAlone database) implements Subject {
        @Override
        public Ready start(Path folder) throws IOException, InterruptedException {
            if (!folder.toFile().exists()) {
                database.initialize(folder);
            }
            return database.start(folder);
        }
    }
}
