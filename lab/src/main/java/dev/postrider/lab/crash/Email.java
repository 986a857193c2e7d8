package dev.postrider.lab.crash;

import java.time.Instant;
import java.util.List;

/**
 * What the database and the sink say of an email in the end.
 *
 * @param finishedAt when its state became final; {@link Instant#MAX} when it didn't
 * @param name by which its copies are known: its Message-ID, or its id where a provider's API takes
 *     it
 * @param mayBeLookedFor whether its mailbox lets the program look into its sent mail, and has not
 *     sent more since than a look goes through
 * @param wasUnknown whether any attempt's outcome was unknown
 * @param copies what its server took
 */
public record Email(
        String id,
        String subject,
        String name,
        String state,
        Instant finishedAt,
        boolean reportOnly,
        boolean mayBeLookedFor,
        boolean wasUnknown,
        List<Received.Copy> copies) {
    public Email {
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
