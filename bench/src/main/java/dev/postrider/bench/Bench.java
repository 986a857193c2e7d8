package dev.postrider.bench;

import dev.postrider.bench.apis.ApisBench;
import dev.postrider.bench.emails.EmailsBench;
import dev.postrider.bench.flow.FlowBench;
import dev.postrider.bench.smtp.SmtpBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code bench smtp|flow|emails|apis [--out FILE] [--only SCENARIO]}; flow has {@code --clients N}
 * and {@code --seconds N} too, emails and apis have {@code --seconds N} alone; flow and apis take
 * several scenarios, comma separated.
 */
public final class Bench {
    private Bench() {}

    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        String which = words.isEmpty() ? "" : words.getFirst();
        Path file = Path.of(option(words, "--out", "docs/bench/" + which + ".md"));
        String only = option(words, "--only", "");
        switch (which) {
            case "smtp" -> SmtpBench.run(file, only);
            case "flow" ->
                    FlowBench.run(
                            new FlowBench.Options(
                                    Path.of(System.getProperty("postrider.launcher", "postrider")),
                                    file,
                                    only.isEmpty() ? List.of() : List.of(only.split(",")),
                                    Integer.parseInt(option(words, "--clients", "128")),
                                    Integer.parseInt(option(words, "--seconds", "20"))));
            case "emails" ->
                    EmailsBench.run(
                            Path.of(System.getProperty("postrider.launcher", "postrider")),
                            file,
                            only,
                            Integer.parseInt(option(words, "--seconds", "20")));
            case "apis" -> {
                if (words.contains("--help")) {
                    System.out.println(
                            "./postrider bench apis [--only KEY,…] [--seconds N] [--warm-up N]"
                                    + " [--out FILE]; the keys"
                                    + " are "
                                    + ApisBench.keys());
                } else {
                    ApisBench.run(
                            Path.of(System.getProperty("postrider.launcher", "postrider")),
                            file,
                            only.isEmpty() ? List.of() : List.of(only.split(",")),
                            Duration.ofSeconds(Long.parseLong(option(words, "--warm-up", "15"))),
                            Duration.ofSeconds(Long.parseLong(option(words, "--seconds", "20"))));
                }
            }
            default -> {
                System.err.println(
                        "Which bench? smtp, flow, emails or apis. Then perhaps --out FILE.");
                System.exit(2);
            }
        }
    }

    private static String option(List<String> words, String name, String otherwise) {
        int index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size() ? words.get(index + 1) : otherwise;
    }
}
