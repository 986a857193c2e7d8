package dev.postrider.doctor;

import dev.postrider.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that was found, for a person to read. */
public record Report(List<Part> parts) {
    private static final int WIDTH = 100;

    /**
     * What one check found.
     *
     * @param about what it looked at
     */
    public record Part(String about, List<Finding> findings) {
        public Part {
            findings = List.copyOf(findings);
        }
    }

    public Report {
        parts = List.copyOf(parts);
    }

    public boolean hasProblem() {
        return count(Severity.PROBLEM) > 0;
    }

    public long count(Severity severity) {
        return parts.stream()
                .flatMap(part -> part.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** The lines to print, with the summary last. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (var part : parts) {
            lines.add(part.about());
            part.findings().forEach(finding -> add(lines, finding));
        }
        lines.add("");
        lines.add(summary());
        return lines;
    }

    public String summary() {
        var problems = count(Severity.PROBLEM);
        var warnings = count(Severity.WARNING);
        if (problems + warnings == 0) {
            return "All is well: " + count(Severity.OK) + " things looked at.";
        }
        return number(problems, "problem")
                + ", "
                + number(warnings, "warning")
                + ", "
                + count(Severity.OK)
                + " ok.";
    }

    private static String number(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static void add(List<String> lines, Finding finding) {
        var label = "  %-9s".formatted(finding.severity().name().toLowerCase(Locale.ROOT));
        wrap(lines, label, finding.what());
        var margin = " ".repeat(label.length());
        wrap(lines, margin, finding.why());
        wrap(lines, margin, finding.advice().isEmpty() ? "" : "To do: " + finding.advice());
    }

    private static void wrap(List<String> lines, String first, String text) {
        if (text.isEmpty()) {
            return;
        }
        var line = new StringBuilder(first);
        for (var word : text.split(" ", -1)) {
            if (line.length() > first.length() && line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(first.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}
