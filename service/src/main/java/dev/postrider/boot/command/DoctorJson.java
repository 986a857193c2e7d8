package dev.postrider.boot.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.doctor.Finding.Severity;
import dev.postrider.doctor.Report;
import java.util.Locale;

/** A report as docs/doctor.md promises it to programs. */
final class DoctorJson {
    private DoctorJson() {}

    static JsonNode of(Report report) {
        var whole =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("healthy", !report.hasProblem())
                        .put("problems", report.count(Severity.PROBLEM))
                        .put("warnings", report.count(Severity.WARNING))
                        .put("summary", report.summary());
        var checks = whole.putArray("checks");
        for (var part : report.parts()) {
            var findings = checks.addObject().put("about", part.about()).putArray("findings");
            for (var finding : part.findings()) {
                findings.addObject()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("id", finding.id())
                        .put("what", finding.what())
                        .put("why", finding.why())
                        .put("advice", finding.advice());
            }
        }
        return whole;
    }
}
