package dev.postrider.lab.crash;

import java.util.List;

/**
 * What the database and the sink say of an email in the end.
 *
 * @param copies hashes of what the sink took under its Message-ID
 * @param wasUnknown whether any attempt's outcome was unknown
 */
record Email(
        String id,
        String subject,
        String messageId,
        String state,
        boolean reportOnly,
        boolean wasUnknown,
        List<String> copies) {
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
