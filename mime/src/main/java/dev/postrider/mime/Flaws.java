package dev.postrider.mime;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a message, field by field, as far as somebody would read it. */
final class Flaws {
    private static final int MAX = 100;

    private final List<Flaw> found = new ArrayList<>();

    void add(String field, Flaw.Kind kind, String reason) {
        if (found.size() < MAX) {
            found.add(new Flaw(field, kind, reason));
        }
    }

    void addIf(boolean wrong, String field, Flaw.Kind kind, String reason) {
        if (wrong) {
            add(field, kind, reason);
        }
    }

    /** Refuses what could forge a header, and what is too long. */
    void line(String field, String value, int maxLength) {
        int control = Controls.firstIn(value);
        if (control >= 0) {
            add(
                    field,
                    Flaw.Kind.CONTROL_CHARACTER,
                    "There is " + Controls.describe(value, control) + ".");
        }
        text(field, value);
        length(field, value.length(), maxLength, "characters");
    }

    /** Refuses what was cut in the middle of a character. */
    void text(String field, String value) {
        addIf(
                WellFormed.hasHalf(value),
                field,
                Flaw.Kind.NO_TEXT,
                "There is half a surrogate pair; write whole characters.");
    }

    void length(String field, int length, int maxLength, String unit) {
        if (length > maxLength) {
            add(
                    field,
                    Flaw.Kind.TOO_LONG,
                    "There are %d %s; at most %d are allowed.".formatted(length, unit, maxLength));
        }
    }

    boolean areNone() {
        return found.isEmpty();
    }

    List<Flaw> found() {
        return List.copyOf(found);
    }
}
