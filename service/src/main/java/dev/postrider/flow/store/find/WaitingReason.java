package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an email waits for.
 *
 * @param until not before this time; empty when nobody knows
 * @param detail the same for people
 */
public record WaitingReason(For what, Optional<Instant> until, String detail) {
    /** What it waits for. */
    public enum For {
        /** The one that its sender chose. */
        TIME,
        /** Which is held or paused and has to be mended by its user. */
        MAILBOX,
        /** Of the mailbox or its provider, that is reached. */
        LIMIT,
        /** Which can't be reached or talked to. */
        SERVER,
        /** After an attempt that didn't end it. */
        RETRY,
        /** In its mailbox's queue. */
        TURN
    }

    /** An email that met a limit, and its queue, are due at the same time by two clocks. */
    private static final Duration ALIKE = Duration.ofSeconds(5);

    /**
     * How things stand with an email's mailbox.
     *
     * @param trouble why it is held or paused; empty when it is active
     * @param restsUntil when its queue goes on, if that is later than now
     * @param isServerAway whether it rests because of its server, not at a limit
     * @param restReason why it rests, in the server's words where it spoke
     */
    record Queue(
            Optional<String> trouble,
            Optional<Instant> restsUntil,
            boolean isServerAway,
            Optional<String> restReason) {}

    /**
     * What an email waits for.
     *
     * @param due when its next attempt is; empty when none follows
     * @param reason what came of the last attempt; may be empty
     * @return empty when it has ended, or is just being sent
     */
    static Optional<WaitingReason> of(
            EmailState state, Optional<Instant> due, String reason, Queue queue, Instant now) {
        return switch (state) {
            case SENDING, SENT, REFUSED, FAILED, UNKNOWN, CANCELED -> Optional.empty();
            case SCHEDULED, QUEUED -> due.map(time -> of(state, time, reason, queue, now));
        };
    }

    private static WaitingReason of(
            EmailState state, Instant due, String reason, Queue queue, Instant now) {
        if (state == EmailState.SCHEDULED && due.isAfter(now)) {
            return new WaitingReason(For.TIME, Optional.of(due), "Its sender has chosen the time.");
        }
        if (queue.trouble().isPresent()) {
            return new WaitingReason(For.MAILBOX, Optional.empty(), queue.trouble().get());
        }
        var rest = queue.restsUntil().filter(until -> until.plus(ALIKE).isAfter(due));
        if (rest.isPresent()) {
            return queue.isServerAway()
                    ? new WaitingReason(
                            For.SERVER,
                            Optional.of(rest.get()),
                            server(queue.restReason().orElse(reason)))
                    : new WaitingReason(For.LIMIT, Optional.of(rest.get()), limit(queue));
        }
        return due.isAfter(now)
                ? new WaitingReason(For.RETRY, Optional.of(due), retry(reason))
                : new WaitingReason(
                        For.TURN,
                        Optional.empty(),
                        "It is due, and waits for its turn in its mailbox.");
    }

    private static String server(String reason) {
        return reason.isEmpty() ? "Its server can't be reached." : reason;
    }

    private static String retry(String reason) {
        return reason.isEmpty() ? "It is to be tried again." : reason;
    }

    private static String limit(Queue queue) {
        var limit = "A limit of its mailbox, or of the provider, is reached";
        return queue.restReason().map(reason -> limit + ": " + reason).orElse(limit + ".");
    }
}
