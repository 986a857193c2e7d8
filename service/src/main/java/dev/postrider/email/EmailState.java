package dev.postrider.email;

import java.util.Locale;
import java.util.Set;

/** The states of an email; {@code docs/state-machine.md} draws the arrows. */
public enum EmailState {
    /** Waits for the time that its sender chose. */
    SCHEDULED,
    /** Due now, or waits for its next attempt. */
    QUEUED,
    /** An attempt is begun: from here on a lost connection may leave its outcome unknown. */
    SENDING,
    /**
     * The mailbox's server took it for every recipient that it didn't refuse, or for whom it wasn't
     * canceled before.
     */
    SENT,
    /** The server refused every recipient, or the message; or it can't take it as it is. */
    REFUSED,
    /** Given up, with the last reason. */
    FAILED,
    /** Begun, and nobody can say whether the server took it; canceled meanwhile, perhaps. */
    UNKNOWN,
    /** Canceled before anybody can have got it. */
    CANCELED;

    /** The states that may follow this one. */
    public Set<EmailState> next() {
        return switch (this) {
            case SCHEDULED -> Set.of(SCHEDULED, QUEUED, SENDING, REFUSED, FAILED, CANCELED);
            case QUEUED -> Set.of(QUEUED, SENDING, SENT, REFUSED, FAILED, UNKNOWN, CANCELED);
            case SENDING -> Set.of(QUEUED, SENT, REFUSED, FAILED, UNKNOWN);
            case REFUSED, FAILED, UNKNOWN -> Set.of(QUEUED);
            case SENT, CANCELED -> Set.of();
        };
    }

    /** Nothing more happens to it by itself; its sender may have it tried again. */
    public boolean isFinal() {
        return switch (this) {
            case SCHEDULED, QUEUED, SENDING -> false;
            case SENT, REFUSED, FAILED, UNKNOWN, CANCELED -> true;
        };
    }

    /** As it stands in the database and in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EmailState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
