package dev.postrider.lab.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What must hold for each email that the database knows.
 *
 * @param text says what is the case when it is broken
 * @param isBrokenBy whether this email breaks it
 */
public record Promise(String text, Predicate<Email> isBrokenBy) {
    /** Octets may wait in buffers. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    public static final List<Promise> ALL =
            List.of(
                    new Promise(
                            "sent, and not in the sink",
                            email -> email.state().equals("sent") && email.copies().isEmpty()),
                    new Promise("not final in the end", email -> !email.isFinal()),
                    new Promise(
                            "in the sink, and refused, failed or canceled",
                            email -> email.endedUnsent() && !email.copies().isEmpty()),
                    new Promise(
                            "more than one copy, and never marked unknown",
                            email -> email.copies().size() > 1 && !email.wasUnknown()),
                    new Promise("sent after its state was final", Promise::sentAfterItsEnd),
                    new Promise("more than two copies", email -> email.copies().size() > 2),
                    new Promise(
                            "more than one copy with on_unknown=report",
                            email -> email.reportOnly() && email.copies().size() > 1),
                    new Promise(
                            "more than one copy, in a mailbox that could be asked",
                            email -> email.mayBeLookedFor() && email.copies().size() > 1),
                    new Promise(
                            "unknown in the end, and in a mailbox that could be asked",
                            email ->
                                    email.mayBeLookedFor()
                                            && email.state().equals("unknown")
                                            && !email.copies().isEmpty()),
                    new Promise(
                            "copies with other bytes",
                            email ->
                                    email.copies().stream()
                                                    .map(Received.Copy::hash)
                                                    .distinct()
                                                    .count()
                                            > 1));

    /** By a node that went on under a lease that had ended. */
    private static boolean sentAfterItsEnd(Email email) {
        var late =
                email.finishedAt().isBefore(Instant.MAX)
                        ? email.finishedAt().plus(TOLERANCE)
                        : Instant.MAX;
        return email.copies().stream().anyMatch(copy -> copy.at().isAfter(late));
    }
}
