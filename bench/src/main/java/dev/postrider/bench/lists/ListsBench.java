package dev.postrider.bench.lists;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One program with many emails, asked all kinds of questions, and the page. */
public final class ListsBench {
    public static final List<String> OPTIONS = List.of("--rows", "--times");

    private static final long GIGABYTE = 1_000_000_000;

    private static final String SIZE =
            """
            select pg_database_size(current_database())
            """;

    private final Arguments arguments;
    private final ProgramRig rig;
    private final int rows;
    private final int times;
    private final String key;

    private ListsBench(Arguments arguments, ProgramRig rig)
            throws IOException, InterruptedException {
        this.arguments = arguments;
        this.rig = rig;
        this.rows = arguments.number("--rows", 10_000_000);
        this.times = arguments.number("--times", 200);
        this.key = rig.key();
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        try (var rig = ProgramRig.start(arguments.launcher(), FillEmails.SETTINGS)) {
            new ListsBench(arguments, rig).run();
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        FillEmails.into(rig, rows);
        var sample = Sample.of(rig.connection());
        var asked = new ArrayList<Asked>();
        try (var asking = AskQuestions.of(rig, times, "Authorization", "Bearer " + key)) {
            for (var question : Question.all()) {
                if (arguments.wants(question.key())) {
                    System.err.println(question.title() + " …");
                    asked.add(asking.ask(question, sample));
                }
            }
        }
        Page.publish(
                arguments,
                ListsReport.of(
                        asked,
                        new ListsReport.Setting(
                                Page.machine(arguments.launcher()),
                                rows,
                                gigabytes(),
                                ProcessCost.peakMegabytes(rig.pid()))));
    }

    private double gigabytes() throws SQLException {
        try (var statement = rig.connection().createStatement();
                var result = statement.executeQuery(SIZE)) {
            result.next();
            return result.getDouble(1) / GIGABYTE;
        }
    }
}
