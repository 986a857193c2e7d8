package dev.postrider.email;

import java.util.Locale;
import java.util.Optional;

/**
 * Which of a mailbox's waiting emails goes first; one that a caller waits for overtakes them all.
 */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** What an email has that a caller waits for. */
    public static final int AWAITED = 0;

    /** As it stands in the database: the smaller goes first. */
    public int rank() {
        return switch (this) {
            case HIGH -> 1;
            case NORMAL -> 2;
            case LOW -> 3;
        };
    }

    /** As it stands in requests and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Priority> parse(String text) {
        return switch (text) {
            case "high" -> Optional.of(HIGH);
            case "normal" -> Optional.of(NORMAL);
            case "low" -> Optional.of(LOW);
            default -> Optional.empty();
        };
    }
}
