package dev.postrider.bench;

import dev.postrider.bench.smtp.SmtpBench;
import java.nio.file.Path;
import java.util.List;

/** {@code bench smtp [--out FILE] [--only SCENARIO]} */
public final class Bench {
    private Bench() {}

    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        String which = words.isEmpty() ? "" : words.getFirst();
        Path file = Path.of(option(words, "--out", "docs/bench/" + which + ".md"));
        switch (which) {
            case "smtp" -> SmtpBench.run(file, option(words, "--only", ""));
            default -> {
                System.err.println("Which bench? One of: smtp. Then perhaps --out FILE.");
                System.exit(2);
            }
        }
    }

    private static String option(List<String> words, String name, String otherwise) {
        int index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size() ? words.get(index + 1) : otherwise;
    }
}
