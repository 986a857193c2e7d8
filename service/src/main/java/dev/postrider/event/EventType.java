package dev.postrider.event;

import dev.postrider.email.EmailState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an application can be told of. */
public enum EventType {
    /** Its sender has chosen a time for it, or another time. */
    EMAIL_SCHEDULED,
    EMAIL_SENT,
    EMAIL_DELIVERY_DELAYED,
    EMAIL_BOUNCED,
    EMAIL_FAILED,
    /** By its sender or with its mailbox; the data say who had got it before. */
    EMAIL_CANCELED,
    /** Its sender has it tried again. */
    EMAIL_RETRIED,

    // Resend's others: a webhook may name them, nothing here is told as one of them
    EMAIL_DELIVERED,
    EMAIL_COMPLAINED,
    EMAIL_OPENED,
    EMAIL_CLICKED,
    EMAIL_RECEIVED,
    EMAIL_SUPPRESSED,
    CONTACT_CREATED,
    CONTACT_UPDATED,
    CONTACT_DELETED,
    DOMAIN_CREATED,
    DOMAIN_UPDATED,
    DOMAIN_DELETED;

    /** What is told of an email that ends so; empty when it doesn't end. */
    public static Optional<EventType> ofEnd(EmailState state) {
        return switch (state) {
            case SCHEDULED, QUEUED, SENDING -> Optional.empty();
            case SENT -> Optional.of(EMAIL_SENT);
            case REFUSED -> Optional.of(EMAIL_BOUNCED);
            case FAILED, UNKNOWN -> Optional.of(EMAIL_FAILED);
            case CANCELED -> Optional.of(EMAIL_CANCELED);
        };
    }

    /** As it stands in requests and in the database: {@code email.delivery_delayed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(EventType::text).toList();
    }
}
