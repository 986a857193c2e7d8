package dev.postrider.bench;

import dev.postrider.bench.apis.ApisBench;
import dev.postrider.bench.console.ConsoleBench;
import dev.postrider.bench.cost.CostBench;
import dev.postrider.bench.emails.EmailsBench;
import dev.postrider.bench.flow.FlowBench;
import dev.postrider.bench.mailboxes.MailboxesBench;
import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.smtp.SmtpBench;
import dev.postrider.bench.start.StartBench;
import dev.postrider.bench.webhooks.WebhooksBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code bench NAME [--out FILE] [--only KEYS] …}: each prints tables in Markdown, and writes its
 * page when it has run as a whole. {@code --help} starts nothing.
 */
public final class Bench {
    private Bench() {}

    /** What measures. */
    @FunctionalInterface
    interface Run {
        void run(Arguments arguments) throws Exception;
    }

    /**
     * A bench.
     *
     * @param about what it measures
     * @param options what it takes beside {@code --out} and {@code --only}
     */
    record Which(String key, String about, List<String> options, Run run) {
        Which {
            options = List.copyOf(options);
        }

        List<String> known() {
            return Stream.concat(Stream.of("--out", "--only"), options.stream()).toList();
        }
    }

    static final List<Which> ALL =
            List.of(
                    new Which(
                            "smtp",
                            "the SMTP client beside its peers, by message",
                            List.of(),
                            SmtpBench::run),
                    new Which(
                            "flow",
                            "an email from the HTTP request to the mail server",
                            List.of("--clients", "--seconds"),
                            each ->
                                    FlowBench.run(
                                            new FlowBench.Options(
                                                    each.launcher(),
                                                    each.file(),
                                                    each.only(),
                                                    each.number("--clients", 128),
                                                    each.number("--seconds", 20)))),
                    new Which(
                            "emails",
                            "what taking an email costs, by clients and by size",
                            List.of("--seconds"),
                            each ->
                                    EmailsBench.run(
                                            each.launcher(),
                                            each.file(),
                                            each.text("--only", ""),
                                            each.number("--seconds", 20))),
                    new Which(
                            "apis",
                            "sending through the APIs of Gmail and Microsoft: " + ApisBench.keys(),
                            List.of("--seconds", "--warm-up"),
                            each ->
                                    ApisBench.run(
                                            each.launcher(),
                                            each.file(),
                                            each.only(),
                                            Duration.ofSeconds(each.number("--warm-up", 15)),
                                            Duration.ofSeconds(each.number("--seconds", 20)))),
                    new Which(
                            "mailboxes",
                            "10,000 mailboxes that send now and then, with TLS and a login each",
                            MailboxesBench.OPTIONS,
                            MailboxesBench::run),
                    new Which(
                            "webhooks",
                            "calls to 1, 100 and 1,000 endpoints, and beside slow and dead ones",
                            WebhooksBench.OPTIONS,
                            WebhooksBench::run),
                    new Which(
                            "console",
                            "each page of the console and each search, among ten million emails",
                            ConsoleBench.OPTIONS,
                            ConsoleBench::run),
                    new Which(
                            "cost",
                            "processor time and memory by email, mailbox and idle hour",
                            CostBench.OPTIONS,
                            CostBench::run),
                    new Which(
                            "start",
                            "how long until it is ready, and what it holds while idle",
                            StartBench.OPTIONS,
                            StartBench::run));

    static Optional<Which> find(String key) {
        return ALL.stream().filter(each -> each.key().equals(key)).findAny();
    }

    public static void main(String... arguments) throws Exception {
        var words = List.of(arguments);
        var which = words.isEmpty() ? Optional.<Which>empty() : find(words.getFirst());
        if (words.contains("--help")) {
            System.out.print(help());
        } else if (which.isPresent()) {
            run(which.get(), words.subList(1, words.size()));
        } else {
            System.err.print(help());
            System.exit(2);
        }
    }

    private static void run(Which which, List<String> words) throws Exception {
        Arguments arguments;
        try {
            arguments =
                    Arguments.parse(
                            Path.of(System.getProperty("postrider.launcher", "postrider")),
                            which.key(),
                            words,
                            which.known());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        which.run().run(arguments);
    }

    static String help() {
        var text =
                new StringBuilder(
                        """
                        ./postrider bench NAME [--out FILE] [--only KEY[,KEY…]] […]
                        Writes docs/bench/NAME.md, or FILE; with --only it runs those rows alone and only prints.

                        """);
        for (var each : ALL) {
            text.append(
                    "%-10s %s%s%n"
                            .formatted(
                                    each.key(),
                                    each.about(),
                                    each.options().isEmpty()
                                            ? ""
                                            : " (" + String.join(", ", each.options()) + ")"));
        }
        return text.toString();
    }
}
