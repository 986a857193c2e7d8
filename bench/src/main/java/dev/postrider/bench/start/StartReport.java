package dev.postrider.bench.start;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page in Markdown. */
final class StartReport {
    private StartReport() {}

    static String of(List<Started> rows, Duration idle, String machine) {
        var alone = rows.getLast();
        return """
        # How long a start takes

        From the command to the first `200` of `/health/ready`: the program listens, its database is there, its loops run. `./postrider bench start`
        makes this page, of the program as it is built from source; `--program PATH` takes the launcher of a package instead, `--before PATH` that of an
        earlier package beside it.
        %s

        The median of %d starts each, in turns; all with the PostgreSQL that Postrider brings. *None* is an empty data folder: PostgreSQL is unpacked,
        the key, the database and the schema are made; for the database alone it is `initdb` and a start. Processor time is that of all processes, until
        a start on data is ready and until %d s later. Memory is what is resident then; the program's *own* is that without pages of files (the record
        of a start, the runtime), which the system shares and takes back when it needs room. The database's processes are counted with what they share
        once.

        %s
        As ratios to the database alone:

        %s
        %s\
        """
                .formatted(
                        machine,
                        alone.starts(),
                        idle.toSeconds(),
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
                        "processor, s",
                        "processor later, s",
                        "program MB",
                        "its own MB",
                        "PostgreSQL MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.onNone()),
                                        Page.number(each.onData()),
                                        Page.number(each.processor()),
                                        Page.number(each.idle().seconds()),
                                        Page.number(each.idle().megabytes()),
                                        Page.number(each.idle().ownMegabytes()),
                                        Page.number(each.idle().databaseMegabytes()))));
    }

    private static String ratios(List<Started> rows, Started alone) {
        return Page.table(
                List.of("", "on none", "on data", "processor"),
                rows.subList(0, rows.size() - 1).stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        ratio(each, alone, Started::onNone),
                                        ratio(each, alone, Started::onData),
                                        ratio(each, alone, Started::processor))));
    }

    private static String ratio(Started each, Started alone, ToDoubleFunction<Started> figure) {
        return Page.number(figure.applyAsDouble(each) / figure.applyAsDouble(alone));
    }

    private static String targets(Started program) {
        return new Targets()
                .atMost("ready on data, s", program.onData(), 1.5)
                .atMost("ready on none, s", program.onNone(), 4)
                .atMost("the program's memory while idle, MB", program.idle().megabytes(), 150)
                .atMost("of it its own, MB", program.idle().ownMegabytes(), 150)
                .toString();
    }
}
