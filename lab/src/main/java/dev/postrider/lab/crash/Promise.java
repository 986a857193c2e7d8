package dev.postrider.lab.crash;

import java.util.List;
import java.util.function.Predicate;

/**
 * What must hold for each email that the database knows.
 *
 * @param text says what is the case when it is broken
 * @param isBrokenBy whether this email breaks it
 */
record Promise(String text, Predicate<Email> isBrokenBy) {
    static final List<Promise> ALL =
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
                    new Promise("more than two copies", email -> email.copies().size() > 2),
                    new Promise(
                            "more than one copy with on_unknown=report",
                            email -> email.reportOnly() && email.copies().size() > 1),
                    new Promise(
                            "copies with other bytes",
                            email -> email.copies().stream().distinct().count() > 1));
}
