package dev.postrider.bench.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Tables in Markdown. */
final class Report {
    private Report() {}

    static String of(Map<Scenario, Map<String, Measurement>> results) {
        var byKey =
                results.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey().key(), Map.Entry::getValue));
        return """
        # The SMTP client beside its peers

        Messages of 2 KB, one recipient each, over connections that stay open; everybody on one machine, in one run,
        in rounds that take turns; medians of the rounds. `./postrider bench smtp` makes this page.
        %d processors, %s, %s %s.

        NioSmtpClient is set up as it sets itself up, one event loop and a pool of threads for the answers; and with the answers
        on the event loop too, for callers who never block there. smtp-sink has one thread, and is the limit of the fastest;
        the testkit's sink uses all processors. Where the time goes: [decision 23](../decisions/0023-smtp-threads-and-the-sink.md).

        Messages a second:

        %s
        Octets allocated a message, and microseconds of processor time a message, the kernel's included (20 connections,
        no TLS; smtp-source is a process of its own and not counted):

        %s
        Targets:

        %s\
        """
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name")
                                + " "
                                + System.getProperty("java.vm.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        rates(results),
                        costs(measured(byKey, "plain-20")),
                        targets(byKey));
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

    private static String costs(Map<String, Measurement> all) {
        var table = new StringBuilder("| | octets | µs |\n| --- | ---: | ---: |\n");
        all.forEach((name, measurement) -> {
            if (!name.contains("(C)")) {
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %,.0f | %.0f |%n",
                                name,
                                measurement.allocated(),
                                measurement.cpu()));
            }
        });
        return table.toString();
    }

    private static String targets(Map<String, Map<String, Measurement>> byKey) {
        Map<String, Measurement> plain = measured(byKey, "plain-20");
        return "| target | reached | | on platform threads | |\n| --- | ---: | --- | ---: | --- |\n"
                + ratio(plain, "NioSmtpClient 1.2", 2)
                + ratio(plain, "NioSmtpClient 1.2, all on its event loop", 2)
                + ratio(plain, "Angus Mail 2.0", 5)
                + ratio(plain, "Vert.x Mail Client 4.5", 8)
                + ratio(plain, "smtp-source (C)", 1)
                + absolute("50 ms, DATA", 18, perSecond(measured(byKey, "far-data"), "Postrider"))
                + absolute(
                        "50 ms, CHUNKING",
                        100,
                        perSecond(measured(byKey, "far-chunking"), "Postrider"));
    }

    private static String ratio(Map<String, Measurement> all, String peer, double target) {
        double virtual = perSecond(all, "Postrider") / perSecond(all, peer);
        double platform = perSecond(all, "Postrider, platform threads") / perSecond(all, peer);
        return String.format(
                Locale.ROOT,
                "| 20 connections, no TLS: %.0f × %s | %.1f × | %s | %.1f × | %s |%n",
                target,
                peer,
                virtual,
                verdict(virtual, target),
                platform,
                verdict(platform, target));
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
