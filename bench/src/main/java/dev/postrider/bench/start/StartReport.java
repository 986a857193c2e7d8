package dev.postrider.bench.start;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page in Markdown. */
final class StartReport {
    private StartReport() {}

    static String of(List<Started> rows, String machine) {
        var alone = rows.getLast();
        return """
        # How long a start takes

        From the command to the first `200` of `/health/ready`: the program listens, its database is there, its loops run. `./postrider bench start`
        makes this page; `--program PATH` measures a packaged program beside it.
        %s

        The median of %d starts each. *None* is an empty data folder: the key, the database and the schema are made. Processor time is that of a
        start on data, of all processes. Memory is resident while nothing happens, the database's processes counted with what they share once.

        %s
        As ratios to the database alone:

        %s
        %s\
        """
                .formatted(
                        machine,
                        alone.onData().size(),
                        figures(rows),
                        ratios(rows, alone),
                        targets(rows.get(rows.size() - 2)));
    }

    static String figures(List<Started> rows) {
        return Page.table(
                List.of(
                        "",
                        "on none, s",
                        "on data, s",
                        "of it processor, s",
                        "program MB",
                        "PostgreSQL MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(Started.median(each.onNone())),
                                        Page.number(Started.median(each.onData())),
                                        Page.number(Started.median(each.processor())),
                                        Page.number(each.programMegabytes()),
                                        Page.number(each.databaseMegabytes()))));
    }

    private static String ratios(List<Started> rows, Started alone) {
        return Page.table(
                List.of("", "on none", "on data", "processor"),
                rows.subList(0, rows.size() - 1).stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        ratio(each, alone, one -> Started.median(one.onNone())),
                                        ratio(each, alone, one -> Started.median(one.onData())),
                                        ratio(
                                                each,
                                                alone,
                                                one -> Started.median(one.processor())))));
    }

    private static String ratio(Started each, Started alone, ToDoubleFunction<Started> figure) {
        return Page.number(figure.applyAsDouble(each) / figure.applyAsDouble(alone));
    }

    private static String targets(Started program) {
        return new Targets()
                .atMost("ready on data, s", Started.median(program.onData()), 1.5)
                .atMost("ready on none, s", Started.median(program.onNone()), 4)
                .atMost("the program's memory while idle, MB", program.programMegabytes(), 150)
                .toString();
    }
}
