package dev.postrider.flow.store.count;

import dev.postrider.email.EmailState;

/** What became of the emails that an hour accepted. */
public record HourCounts(
        int sent, int refused, int failed, int unknown, int canceled, int waiting) {
    static final HourCounts NONE = new HourCounts(0, 0, 0, 0, 0, 0);

    public int accepted() {
        return sent + refused + failed + unknown + canceled + waiting;
    }

    /** Without those that wait. */
    HourCounts ended() {
        return new HourCounts(sent, refused, failed, unknown, canceled, 0);
    }

    /** With one more. */
    HourCounts plus(EmailState state) {
        return switch (state) {
            case SENT -> new HourCounts(sent + 1, refused, failed, unknown, canceled, waiting);
            case REFUSED -> new HourCounts(sent, refused + 1, failed, unknown, canceled, waiting);
            case FAILED -> new HourCounts(sent, refused, failed + 1, unknown, canceled, waiting);
            case UNKNOWN -> new HourCounts(sent, refused, failed, unknown + 1, canceled, waiting);
            case CANCELED -> new HourCounts(sent, refused, failed, unknown, canceled + 1, waiting);
            case SCHEDULED, QUEUED, SENDING ->
                    new HourCounts(sent, refused, failed, unknown, canceled, waiting + 1);
        };
    }
}
