package dev.postrider.bench.start;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Folders;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.program.EmbeddedDatabase;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long until it is ready, and what it holds then, and the page. */
public final class StartBench {
    public static final List<String> OPTIONS = List.of("--starts", "--idle", "--program");

    private final Path folder;
    private final int starts;
    private final Duration idle;

    private StartBench(Arguments arguments, Path folder) {
        this.folder = folder;
        this.starts = arguments.number("--starts", 7);
        this.idle = Duration.ofSeconds(arguments.number("--idle", 60));
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        var folder = Files.createTempDirectory("postrider-start");
        var bench = new StartBench(arguments, folder);
        var rows = new ArrayList<Started>();
        rows.add(bench.program("from source", arguments.launcher()));
        var packaged = arguments.text("--program", "");
        if (!packaged.isEmpty()) {
            rows.add(bench.program("as packaged", Path.of(packaged).toAbsolutePath()));
        }
        rows.add(bench.database(arguments.launcher()));
        Page.publish(arguments, StartReport.of(rows, Page.machine(arguments.launcher())));
        Folders.delete(folder);
    }

    private Started program(String title, Path launcher) throws IOException, InterruptedException {
        var times = new Times();
        for (var i = 0; i < starts; i++) {
            var data = folder.resolve(title.replace(' ', '-') + i);
            var begun = System.nanoTime();
            try (var program = start(launcher, data)) {
                times.onNone.add(since(begun));
                program.end();
            }
            begun = System.nanoTime();
            try (var program = start(launcher, data)) {
                times.onData.add(since(begun));
                var database = EmbeddedDatabase.in(data).pid();
                times.processor.add(
                        (ProcessCost.micros(program.pid()) + ProcessCost.microsOfTree(database))
                                / 1e6);
                if (i == starts - 1) {
                    Thread.sleep(idle);
                    return times.of(
                            title,
                            ProcessCost.residentMegabytes(program.pid()),
                            ProcessCost.megabytesOfTree(database));
                }
            }
        }
        throw new IllegalArgumentException("--starts is at least 1");
    }

    private Started database(Path launcher) throws IOException, InterruptedException {
        var alone = ofProgram(launcher);
        var times = new Times();
        for (var i = 0; i < starts; i++) {
            var data = folder.resolve("alone" + i);
            var begun = System.nanoTime();
            alone.initialize(data);
            try (var _ = alone.start(data)) {
                times.onNone.add(since(begun));
            }
            begun = System.nanoTime();
            try (var running = alone.start(data)) {
                times.onData.add(since(begun));
                times.processor.add(running.seconds());
                if (i == starts - 1) {
                    Thread.sleep(idle);
                    return times.of("its PostgreSQL alone", Double.NaN, running.megabytes());
                }
            }
        }
        throw new IllegalArgumentException("--starts is at least 1");
    }

    private DatabaseAlone ofProgram(Path launcher) throws IOException, InterruptedException {
        var data = folder.resolve("shown");
        try (var _ = start(launcher, data)) {
            return DatabaseAlone.of(EmbeddedDatabase.in(data));
        }
    }

    private Program start(Path launcher, Path data) throws IOException, InterruptedException {
        return Program.start(
                        launcher,
                        Map.of(
                                "POSTRIDER_DATA_DIR",
                                data.toString(),
                                "POSTRIDER_ADMIN_EMAIL",
                                "postmaster@example.com",
                                "POSTRIDER_ADMIN_PASSWORD",
                                "a password for the bench"),
                        folder.resolve("log"))
                .awaitReady();
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Seconds, one of each start. */
    private static final class Times {
        private final List<Double> onNone = new ArrayList<>();
        private final List<Double> onData = new ArrayList<>();
        private final List<Double> processor = new ArrayList<>();

        Started of(String title, double programMegabytes, double databaseMegabytes) {
            return new Started(
                    title, onNone, onData, processor, programMegabytes, databaseMegabytes);
        }
    }
}
