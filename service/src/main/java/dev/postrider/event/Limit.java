package dev.postrider.event;

import java.time.Duration;
import java.util.Locale;

/** What a mailbox can be at the end of. */
public enum Limit {
    MESSAGES_PER_MINUTE,
    MESSAGES_PER_DAY,
    RECIPIENTS_PER_DAY,
    /** Its provider's own, which its server has named. */
    PROVIDER;

    /** As it stands in events and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words. */
    public String words() {
        return switch (this) {
            case MESSAGES_PER_MINUTE -> "messages a minute";
            case MESSAGES_PER_DAY -> "messages a day";
            case RECIPIENTS_PER_DAY -> "recipients a day";
            case PROVIDER -> "its provider";
        };
    }

    /**
     * For how long it is the same news: a long queue meets its limit again and again, as some of
     * what was used is free.
     */
    public Duration staysTold() {
        return switch (this) {
            case MESSAGES_PER_MINUTE, PROVIDER -> Duration.ofHours(1);
            case MESSAGES_PER_DAY, RECIPIENTS_PER_DAY -> Duration.ofDays(1);
        };
    }
}
