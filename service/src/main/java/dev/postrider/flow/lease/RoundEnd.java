package dev.postrider.flow.lease;

import dev.postrider.email.Outcome;
import dev.postrider.event.Limit;
import java.time.Duration;
import java.util.Optional;

/** Why a round of sending is over. */
sealed interface RoundEnd {
    /**
     * Nothing is due.
     *
     * @param wakes the lane's count before the last look
     */
    record Idle(long wakes) implements RoundEnd {}

    /** A limit is reached, the provider's or the mailbox's own. */
    record Rest(Duration pause, Limit limit, String reason) implements RoundEnd {}

    /** The server can't be reached, or breaks off: the longer it lasts the longer the pause. */
    record ServerAway(String reason) implements RoundEnd {}

    /** The mailbox has changed, was held or is gone: it is looked at again. */
    record MailboxChanged() implements RoundEnd {}

    /** Others have their turn, or this node stops. */
    record Leave() implements RoundEnd {}

    /** Another node has the lane. */
    record LeaseEnded() implements RoundEnd {}

    /** The database can't be asked just now; it may have begun emails without saying so. */
    record DatabaseGone() implements RoundEnd {}

    /** A bug, or an email that can't be written: the lane is left to its next lease. */
    record Failed(RuntimeException cause) implements RoundEnd {}

    /** A refused login holds the mailbox; a provider's limit asks for a rest. */
    static Optional<RoundEnd> after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.LoginRefused _ -> Optional.of(new MailboxChanged());
            case Outcome.Throttled throttled ->
                    Optional.of(new Rest(throttled.pause(), Limit.PROVIDER, throttled.detail()));
            case Outcome.Accepted _,
                    Outcome.Deferred _,
                    Outcome.Refused _,
                    Outcome.Unsendable _,
                    Outcome.Unreachable _,
                    Outcome.Broken _,
                    Outcome.NotSent _,
                    Outcome.StillUnknown _,
                    Outcome.Unknown _ ->
                    Optional.empty();
        };
    }
}
