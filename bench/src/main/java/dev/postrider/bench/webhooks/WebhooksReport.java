package dev.postrider.bench.webhooks;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.Targets;
import java.util.List;
import java.util.Map;

/** The page in Markdown. */
final class WebhooksReport {
    private WebhooksReport() {}

    static String of(List<Told> told, Map<String, Percentiles> waits, String machine) {
        return """
        # What webhooks cost

        Signed calls over HTTP to endpoints on the same machine, in a process of their own, that answer at once. The events are put into the
        outbox by SQL, each for all endpoints, of which each workspace has 20; then the program tells them. `./postrider bench webhooks` makes this page.
        %s

        Processor time is what Linux counts for the processes, the kernel's work for them included, by call.

        %s
        ## Beside endpoints that are slow or dead

        An event for all every half a second, and how long those wait that are well, from the event to the call.

        %s
        %s\
        """
                .formatted(machine, told(told), waits(waits), targets(told, waits));
    }

    static String told(List<Told> rows) {
        return Page.table(
                List.of("", "calls/s", "program µs", "PostgreSQL µs", "receiver µs", "JVM MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.perSecond()),
                                        Page.number(each.programMicrosEach()),
                                        Page.number(each.databaseMicrosEach()),
                                        Page.number(each.receiverMicrosEach()),
                                        Page.number((double) each.peak()))));
    }

    static String waits(Map<String, Percentiles> rows) {
        return Page.table(
                List.of("", "p50 ms", "p99 ms", "max ms"),
                rows.entrySet().stream()
                        .map(row ->
                                List.of(
                                        row.getKey(),
                                        Page.number(row.getValue().at(50)),
                                        Page.number(row.getValue().at(99)),
                                        Page.number(row.getValue().at(100)))));
    }

    /** Of a page that is whole. */
    private static String targets(List<Told> told, Map<String, Percentiles> waits) {
        if (told.size() < 3 || waits.size() < 3) {
            return "";
        }
        var rows = List.copyOf(waits.values());
        return new Targets()
                .atLeast("1 endpoint: calls a second", told.get(0).perSecond(), 200)
                .atLeast("1,000 endpoints: calls a second", told.get(2).perSecond(), 500)
                .atMost(
                        "beside slow and dead ones: ms later at p99",
                        rows.get(2).at(99) - rows.get(0).at(99),
                        1_000)
                .atMost("MB resident", (double) told.get(2).peak(), 512)
                .toString();
    }
}
