package dev.postrider.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened to a mailbox. What can be seen of the mailbox itself (its state, the
 * reason, how much mail waits) isn't said here: it is read when it is told.
 */
public sealed interface MailboxEvent {
    /**
     * Its user has connected it.
     *
     * @param again whether it was there before
     * @param link by which; empty without one
     */
    record Connected(boolean again, Optional<ConnectLink> link) implements MailboxEvent {}

    /** It was held. */
    record Held() implements MailboxEvent {}

    /**
     * It sends again.
     *
     * @param was what it was before, {@code held} or {@code paused}
     */
    record Released(String was) implements MailboxEvent {}

    /**
     * It rests.
     *
     * @param until when it goes on by itself
     * @param reason the same in words, the server's where it spoke
     */
    record LimitReached(Limit limit, Instant until, String reason) implements MailboxEvent {}

    /**
     * What its user has granted ends.
     *
     * @param endsAt and with it the mailbox stops sending, unless it is connected again before
     */
    record Expiring(Instant endsAt) implements MailboxEvent {}

    /** It is about to be gone; to be told before its row is deleted. */
    record Removed() implements MailboxEvent {}

    /**
     * By which link a mailbox was connected.
     *
     * @param state the caller's own words, given back to it
     * @param externalId whom the caller has asked, by its own name for them
     */
    record ConnectLink(UUID id, Optional<String> state, Optional<String> externalId) {}

    default EventType type() {
        return switch (this) {
            case Connected _ -> EventType.MAILBOX_CONNECTED;
            case Held _ -> EventType.MAILBOX_HELD;
            case Released _ -> EventType.MAILBOX_RELEASED;
            case LimitReached _ -> EventType.MAILBOX_LIMIT_REACHED;
            case Expiring _ -> EventType.MAILBOX_EXPIRING;
            case Removed _ -> EventType.MAILBOX_REMOVED;
        };
    }
}
