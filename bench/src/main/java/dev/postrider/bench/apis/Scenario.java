package dev.postrider.bench.apis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param mailboxes how many there are
 * @param octets of an email's attachment, before base64; 0 for a text of 2 KB alone
 */
record Scenario(Wire wire, Kind kind, int mailboxes, int octets) {
    private static final int MEGABYTE = 1_000_000;
    private static final int MANY = 1_000;

    enum Kind {
        /** As fast as it goes, with no limit of the mailbox's. */
        FULL,
        /** Evenly, each mailbox as often as its provider lets it. */
        PACED,
        /** One email after another, each by another mailbox, which has sent nothing for long. */
        SELDOM
    }

    /** Names it on the command line. */
    String key() {
        return wire.text()
                + switch (kind) {
                    case FULL -> octets == 0 ? "" : "-1mb";
                    case PACED -> "-paced";
                    case SELDOM -> "-seldom";
                };
    }

    String title() {
        return wire.title()
                + switch (kind) {
                    case FULL -> ", 1 mailbox" + (octets == 0 ? "" : ", a file of 1 MB");
                    case PACED -> ", 1,000 mailboxes at their pace";
                    case SELDOM -> ", a mailbox that sends seldom";
                };
    }

    /** How many emails may wait to be sent. */
    int waiting() {
        return octets == 0 ? 500 : 30;
    }

    /** Emails a second that are posted; empty for as many as go. */
    Optional<Double> perSecond() {
        return kind == Kind.PACED ? Optional.of(mailboxes * perMinute() / 60.0) : Optional.empty();
    }

    /** As {@code /api-limits} has it; SMTP as Gmail, to be beside it. */
    private int perMinute() {
        return switch (wire) {
            case GMAIL, SMTP -> 60;
            case MICROSOFT -> 30;
        };
    }

    static List<Scenario> all() {
        return Stream.of(
                        kind(Kind.FULL, 1, 0),
                        kind(Kind.FULL, 1, MEGABYTE),
                        kind(Kind.PACED, MANY, 0),
                        kind(Kind.SELDOM, MANY, 0))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> kind(Kind kind, int mailboxes, int octets) {
        return Stream.of(Wire.values())
                .map(wire -> new Scenario(wire, kind, mailboxes, octets))
                .toList();
    }
}
