package dev.postrider.lab.crash;

import java.time.Instant;
import java.util.List;

/**
 * What the database and the sink say of an email in the end.
 *
 * @param finishedAt when its state became final; {@link Instant#MAX} when it didn't
 * @param copies what the sink took under its Message-ID
 * @param wasUnknown whether any attempt's outcome was unknown
 */
record Email(
        String id,
        String subject,
        String messageId,
        String state,
        Instant finishedAt,
        boolean reportOnly,
        boolean wasUnknown,
        List<Received.Copy> copies) {
    Email {
        copies = List.copyOf(copies);
    }

    boolean isFinal() {
        return switch (state) {
            case "sent", "refused", "failed", "unknown", "canceled" -> true;
            default -> false;
        };
    }

    /** Its owner is told that it went to nobody. */
    boolean endedUnsent() {
        return switch (state) {
            case "refused", "failed", "canceled" -> true;
            default -> false;
        };
    }
}
