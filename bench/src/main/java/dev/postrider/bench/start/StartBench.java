package dev.postrider.bench.start;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Folders;
import dev.postrider.bench.rig.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long until it is ready, and what it holds then, and the page. */
public final class StartBench {
    public static final List<String> OPTIONS =
            List.of("--starts", "--idle", "--program", "--before");

    private final Path folder;
    private final int starts;
    private final Duration idle;

    private StartBench(Arguments arguments, Path folder) {
        this.folder = folder;
        this.starts = arguments.number("--starts", 7);
        this.idle = Duration.ofSeconds(arguments.number("--idle", 60));
        if (starts < 1) {
            throw new IllegalArgumentException("--starts is at least 1");
        }
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        var folder = Files.createTempDirectory("postrider-start");
        var bench = new StartBench(arguments, folder);
        var machine = Page.machine(arguments.launcher());
        var rows = bench.measure(bench.subjects(arguments));
        Page.publish(arguments, StartReport.of(rows, bench.idle, machine));
        Folders.delete(folder);
    }

    /** By the titles of their rows; the database alone is last. */
    private Map<String, Subject> subjects(Arguments arguments)
            throws IOException, InterruptedException {
        var subjects = new LinkedHashMap<String, Subject>();
        var before = arguments.text("--before", "");
        if (!before.isEmpty()) {
            subjects.put("an earlier package", program(Path.of(before)));
        }
        var packaged = arguments.text("--program", "");
        var program = program(packaged.isEmpty() ? arguments.launcher() : Path.of(packaged));
        subjects.put(packaged.isEmpty() ? "from source" : "as packaged", program);
        try (var ready = program.start(folder.resolve("shown"))) {
            var alone = DatabaseAlone.of(ready.database());
            subjects.put("its PostgreSQL alone", new Subject.OfDatabase(alone));
        }
        return subjects;
    }

    private static Subject.OfProgram program(Path launcher) {
        return new Subject.OfProgram(launcher.toAbsolutePath());
    }

    /** In turns, so that what else the machine does meets all of them alike. */
    private List<Started> measure(Map<String, Subject> subjects)
            throws IOException, InterruptedException {
        var rows = new ArrayList<Started>();
        subjects.forEach((title, _) -> rows.add(new Started(title)));
        for (var turn = 0; turn < starts; turn++) {
            var row = rows.iterator();
            for (var subject : subjects.values()) {
                var started = row.next();
                var own = folder.resolve(turn + "-" + started.title().replace(' ', '-'));
                Files.createDirectory(own);
                measure(subject, own.resolve("data"), started, turn == starts - 1);
                Folders.delete(own);
            }
        }
        return rows;
    }

    private void measure(Subject subject, Path data, Started row, boolean isLast)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        try (var _ = subject.start(data)) {
            row.addOnNone(since(begun));
        }
        begun = System.nanoTime();
        try (var ready = subject.start(data)) {
            row.addOnData(since(begun), ready.processor());
            if (isLast) {
                Thread.sleep(idle);
                row.setIdle(ready.idle());
            }
        }
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
