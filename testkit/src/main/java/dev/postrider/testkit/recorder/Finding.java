package dev.postrider.testkit.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import java.util.Locale;

/**
 * What became of a probe; of it nothing is secret any more.
 *
 * @param seen empty when it wasn't asked
 */
public record Finding(
        String provider,
        String key,
        String question,
        Verdict verdict,
        String seen,
        String fake,
        String detail) {

    /** How it compares with what the fake does. */
    public enum Verdict {
        SAME("as the fake"),
        DIFFERS("DIFFERS"),
        NOT_ASKED("not asked"),
        FAILED("failed");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public ObjectNode json() {
        return Json.object()
                .put("provider", provider)
                .put("key", key)
                .put("question", question)
                .put("verdict", verdict.text().toLowerCase(Locale.ROOT))
                .put("seen", seen)
                .put("fake", fake)
                .put("detail", detail);
    }

    /** A few lines for people. */
    public String text() {
        var lines = new StringBuilder();
        lines.append(verdict.text()).append("  ").append(provider).append(' ').append(key);
        lines.append("\n  ").append(question);
        if (!seen.isEmpty()) {
            lines.append("\n  seen: ").append(seen);
        }
        if (verdict != Verdict.SAME) {
            lines.append("\n  fake: ").append(fake);
        }
        if (!detail.isEmpty()) {
            lines.append("\n  ").append(detail.replace("\n", "\n  "));
        }
        return lines.append('\n').toString();
    }
}
