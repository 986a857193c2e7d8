package dev.postrider.bench.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables in Markdown. */
final class Report {
    /** Whose processor time is told: where no link makes everybody wait. */
    private static final Set<String> COSTS = Set.of("plain-20", "loop-20", "tls-20");

    private static final String NIO = "NioSmtpClient 1.2";
    private static final String NIO_LOOP = "NioSmtpClient 1.2, all on its event loop";
    private static final String SOURCE = "smtp-source (C)";

    private Report() {}

    static String of(Map<Scenario, Map<String, Measurement>> results, String machine) {
        var byKey =
                results.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey().key(), Map.Entry::getValue));
        return """
        # The SMTP client beside its peers

        Messages of 2 KB, one recipient each, over connections that stay open; everybody on one machine, in one run,
        in rounds that take turns; medians of the rounds. `./postrider bench smtp` makes this page.
        %s

        NioSmtpClient is set up as it sets itself up, one event loop and a pool of threads for the answers; and with the answers
        on the event loop too, for callers who never block there. smtp-sink has one thread, and is the limit of the fastest.
        The *sink on all processors* says the same with an event loop for each, and costs as little as it can: it isn't the limit. The
        testkit's sink uses all processors, too, and costs more. Where the time goes: [decision 23](../decisions/0023-smtp-threads-and-the-sink.md).

        Messages a second:

        %s
        Octets allocated a message, and microseconds of processor time a message, the kernel's included (smtp-source is a process of
        its own and not counted):

        %s
        Targets:

        %s\
        """
                .formatted(machine, rates(results), costs(results), targets(byKey));
    }

    static String rates(Map<Scenario, Map<String, Measurement>> results) {
        List<String> names =
                results.values().stream().flatMap(all -> all.keySet().stream()).distinct().toList();
        var table = new StringBuilder("| |");
        names.forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(names.size())).append('\n');
        results.forEach((scenario, all) -> {
            table.append("| ").append(scenario.title()).append(" |");
            for (String name : names) {
                Measurement measurement = all.get(name);
                table.append(
                        measurement == null ? " |" : " " + rate(measurement.perSecond()) + " |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    static String costs(Map<Scenario, Map<String, Measurement>> results) {
        var table = new StringBuilder("| | | octets | µs |\n| --- | --- | ---: | ---: |\n");
        results.forEach((scenario, all) -> {
            if (COSTS.contains(scenario.key())) {
                all.forEach((name, measurement) -> {
                    if (!name.contains("(C)")) {
                        table.append(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %s | %,.0f | %.0f |%n",
                                        scenario.title(),
                                        name,
                                        measurement.allocated(),
                                        measurement.cpu()));
                    }
                });
            }
        });
        return table.toString();
    }

    private static String targets(Map<String, Map<String, Measurement>> byKey) {
        var plain = new Row("smtp-sink", measured(byKey, "plain-20"));
        var loop = new Row("a sink on all processors", measured(byKey, "loop-20"));
        var tls = new Row("TLS", measured(byKey, "tls-20"));
        return "| target | reached | | on platform threads | |\n| --- | ---: | --- | ---: | --- |\n"
                + plain.ratio(NIO, 2)
                + plain.ratio(NIO_LOOP, 2)
                + plain.ratio("Angus Mail 2.0", 5)
                + plain.ratio("Vert.x Mail Client 4.5", 8)
                + plain.ratio(SOURCE, 1)
                + loop.ratio(NIO, 2)
                + loop.ratio(SOURCE, 2)
                + loop.cost(NIO)
                + loop.cost(NIO_LOOP)
                + tls.ratio(NIO, 2.2)
                + absolute("50 ms, DATA", 18, perSecond(measured(byKey, "far-data"), "Postrider"))
                + absolute(
                        "50 ms, CHUNKING",
                        100,
                        perSecond(measured(byKey, "far-chunking"), "Postrider"));
    }

    /** 20 connections in one scenario. */
    private record Row(String title, Map<String, Measurement> all) {
        String ratio(String peer, double target) {
            double virtual = perSecond(all, "Postrider") / perSecond(all, peer);
            double platform = perSecond(all, "Postrider, platform threads") / perSecond(all, peer);
            return String.format(
                    Locale.ROOT,
                    "| %s: %s × %s | %.1f × | %s | %.1f × | %s |%n",
                    title,
                    target == (long) target ? String.valueOf((long) target) : target,
                    peer,
                    virtual,
                    verdict(virtual, target),
                    platform,
                    verdict(platform, target));
        }

        /** Processor time a message, which is to be less than the peer's. */
        String cost(String peer) {
            double virtual = cpu("Postrider");
            double platform = cpu("Postrider, platform threads");
            double bound = cpu(peer);
            return String.format(
                    Locale.ROOT,
                    "| %s: less than the %.0f µs of %s | %.0f µs | %s | %.0f µs | %s |%n",
                    title,
                    bound,
                    peer,
                    virtual,
                    verdict(bound, virtual),
                    platform,
                    verdict(bound, platform));
        }

        private double cpu(String name) {
            return Objects.requireNonNull(all.get(name), name).cpu();
        }
    }

    private static String absolute(String what, double target, double reached) {
        return String.format(
                Locale.ROOT,
                "| %s: %.0f messages a second | %s | %s | | |%n",
                what,
                target,
                rate(reached),
                verdict(reached, target));
    }

    private static String verdict(double reached, double target) {
        return reached >= target ? "met" : "**missed**";
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    private static double perSecond(Map<String, Measurement> all, String name) {
        return Objects.requireNonNull(all.get(name), name).perSecond();
    }

    private static Map<String, Measurement> measured(
            Map<String, Map<String, Measurement>> byKey, String key) {
        return Objects.requireNonNull(byKey.get(key), key);
    }
}
