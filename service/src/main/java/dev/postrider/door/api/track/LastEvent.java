package dev.postrider.door.api.track;

import dev.postrider.email.EmailState;

/** The state in the words that email SDKs know; they fail on any other. */
final class LastEvent {
    private LastEvent() {}

    static String of(EmailState state, int attempts) {
        return switch (state) {
            case SCHEDULED -> "scheduled";
            case QUEUED -> attempts == 0 ? "queued" : "delivery_delayed";
            case SENDING -> "queued";
            case SENT -> "sent";
            case REFUSED -> "bounced";
            // what may have arrived is no success either
            case FAILED, UNKNOWN -> "failed";
            case CANCELED -> "canceled";
        };
    }
}
