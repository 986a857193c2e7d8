package dev.postrider.bench;

import dev.postrider.bench.smtp.SmtpBench;
import java.nio.file.Path;
import java.util.List;

/** {@code bench smtp [--out FILE]} */
public final class Bench {
    private Bench() {}

    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        String which = words.isEmpty() ? "" : words.getFirst();
        int out = words.indexOf("--out");
        String file =
                out >= 0 && out + 1 < words.size()
                        ? words.get(out + 1)
                        : "docs/bench/" + which + ".md";
        switch (which) {
            case "smtp" -> SmtpBench.run(Path.of(file));
            default -> {
                System.err.println("Which bench? One of: smtp. Then perhaps --out FILE.");
                System.exit(2);
            }
        }
    }
}
