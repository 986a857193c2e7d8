package dev.postrider.flow.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.email.EmailState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an email waits for. */
@Schema(
        name = "EmailWaiting",
        description =
                "What an email waits for: `time`, the one that its sender chose; `mailbox`, which is held"
                        + " or paused and has to be mended by its user; `limit`, of the mailbox or its"
                        + " provider, that is reached; `server`, which can't be reached or talked to; `retry`,"
                        + " after an attempt that didn't end it; `turn`, in its mailbox's queue.")
record Waiting(
        @JsonProperty("for")
                @Schema(enumeration = {"time", "mailbox", "limit", "server", "retry", "turn"})
                String what,
        @Schema(nullable = true, description = "Not before this time; null when nobody knows.")
                @Nullable String until,
        @Schema(description = "The same for people.") String detail) {

    /** An email that met a limit, and its queue, are due at the same time by two clocks. */
    private static final Duration ALIKE = Duration.ofSeconds(5);

    /**
     * How things stand with an email's mailbox.
     *
     * @param trouble why it is held or paused; empty when it is active
     * @param restsUntil when its queue goes on, if that is later than now
     * @param isServerAway whether it rests because of its server, not at a limit
     */
    record Queue(Optional<String> trouble, Optional<Instant> restsUntil, boolean isServerAway) {}

    /**
     * What an email waits for.
     *
     * @param due when its next attempt is; empty when none follows
     * @param reason what came of the last attempt; may be empty
     * @return empty when it has ended, or is just being sent
     */
    static Optional<Waiting> of(
            EmailState state, Optional<Instant> due, String reason, Queue queue, Instant now) {
        return switch (state) {
            case SENDING, SENT, REFUSED, FAILED, UNKNOWN, CANCELED -> Optional.empty();
            case SCHEDULED, QUEUED -> due.map(time -> of(state, time, reason, queue, now));
        };
    }

    private static Waiting of(
            EmailState state, Instant due, String reason, Queue queue, Instant now) {
        if (state == EmailState.SCHEDULED && due.isAfter(now)) {
            return new Waiting("time", text(due), "Its sender has chosen the time.");
        }
        if (queue.trouble().isPresent()) {
            return new Waiting("mailbox", null, queue.trouble().get());
        }
        var rest = queue.restsUntil().filter(until -> until.plus(ALIKE).isAfter(due));
        if (rest.isPresent()) {
            return queue.isServerAway()
                    ? new Waiting("server", text(rest.get()), server(reason))
                    : new Waiting(
                            "limit",
                            text(rest.get()),
                            "A limit of its mailbox, or of the provider, is reached.");
        }
        return due.isAfter(now)
                ? new Waiting("retry", text(due), retry(reason))
                : new Waiting("turn", null, "It is due, and waits for its turn in its mailbox.");
    }

    private static String server(String reason) {
        return reason.isEmpty() ? "Its server can't be reached." : reason;
    }

    private static String retry(String reason) {
        return reason.isEmpty() ? "It is to be tried again." : reason;
    }

    private static String text(Instant time) {
        return EmailAnswer.time(time);
    }
}
