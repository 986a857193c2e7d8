package dev.postrider.bench.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages of all benches have in common. */
public final class Page {
    private Page() {}

    /** On which machine, with which sources. */
    public static String machine(Path launcher) {
        return "%d processors, %s %s, %s %s, commit %s."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        commit(launcher));
    }

    private static String commit(Path launcher) {
        var folder = launcher.toAbsolutePath().getParent();
        try {
            var process =
                    new ProcessBuilder("git", "describe", "--always", "--dirty=, changed")
                            .directory(folder == null ? null : folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var words = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? words : "unknown";
        } catch (IOException _) {
            return "unknown";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** A table: its first column has words, the others numbers. */
    public static String table(List<String> columns, Stream<List<String>> rows) {
        return rows.map(Page::row).collect(Collectors.joining("", head(columns), ""));
    }

    /** Its first two lines. */
    private static String head(List<String> columns) {
        return row(columns) + "| --- |" + " ---: |".repeat(columns.size() - 1) + "\n";
    }

    public static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** With a comma at thousands, and as many digits as matter. */
    public static String number(double value) {
        var size = Math.abs(value);
        var form = size >= 100 ? "%,.0f" : size >= 1 ? "%.1f" : size == 0 ? "%.0f" : "%.2f";
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, form, value);
    }

    /** Prints, and writes the file when the page is whole. */
    public static void publish(Arguments arguments, String page) throws IOException {
        System.out.println(page);
        if (arguments.only().isEmpty()) {
            Files.writeString(arguments.file(), page);
        }
    }
}
