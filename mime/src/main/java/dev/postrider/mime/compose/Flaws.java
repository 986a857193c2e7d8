package dev.postrider.mime.compose;

import dev.postrider.mime.text.ControlCharacters;
import dev.postrider.mime.text.WellFormedUtf16;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a message, field by field, as far as somebody would read it. */
public final class Flaws {
    private static final int MAX = 100;

    private final List<Flaw> found = new ArrayList<>();

    public void add(String field, Flaw.Kind kind, String reason) {
        if (found.size() < MAX) {
            found.add(new Flaw(field, kind, reason));
        }
    }

    public void addIf(boolean wrong, String field, Flaw.Kind kind, String reason) {
        if (wrong) {
            add(field, kind, reason);
        }
    }

    /** Refuses what could forge a header, and what is too long. */
    public void line(String field, String value, int maxLength) {
        int control = ControlCharacters.firstIn(value);
        if (control >= 0) {
            add(
                    field,
                    Flaw.Kind.CONTROL_CHARACTER,
                    "There is " + ControlCharacters.describe(value, control) + ".");
        }
        text(field, value);
        length(field, value.length(), maxLength, "characters");
    }

    /** Refuses what was cut in the middle of a character. */
    public void text(String field, String value) {
        addIf(
                WellFormedUtf16.hasHalf(value),
                field,
                Flaw.Kind.NO_TEXT,
                "There is half a surrogate pair; write whole characters.");
    }

    public void length(String field, int length, int maxLength, String unit) {
        if (length > maxLength) {
            add(
                    field,
                    Flaw.Kind.TOO_LONG,
                    "There are %d %s; at most %d are allowed.".formatted(length, unit, maxLength));
        }
    }

    public boolean areNone() {
        return found.isEmpty();
    }

    public List<Flaw> found() {
        return List.copyOf(found);
    }
}
