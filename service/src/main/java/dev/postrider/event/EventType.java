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

    /** A user has connected it, for the first time or again. */
    MAILBOX_CONNECTED,
    /** It sends nothing until its user mends it; its mail waits. */
    MAILBOX_HELD,
    /** It sends again, after it was held or paused. */
    MAILBOX_RELEASED,
    /** It rests, because a limit of its own or of its provider is reached. */
    MAILBOX_LIMIT_REACHED,
    /** What its user has granted ends at a known time. */
    MAILBOX_EXPIRING,
    MAILBOX_REMOVED,
    /** Somebody tried to connect a mailbox by a link, and couldn't. */
    CONNECT_LINK_FAILED,
    /** The operator's app at a provider is refused: all its mailboxes rest. */
    PROVIDER_APP_FAILING,
    PROVIDER_APP_RECOVERED,
    /** Another webhook's endpoint has taken no call for long. */
    WEBHOOK_FAILING,
    /** It has been given up. */
    WEBHOOK_DISABLED,
    /** It takes calls again, after that was told. */
    WEBHOOK_RECOVERED,

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

    private static final List<String> SUBJECTS_OF_TWO_WORDS =
            List.of("connect_link", "provider_app");

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
        var name = name().toLowerCase(Locale.ROOT);
        return SUBJECTS_OF_TWO_WORDS.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(subject -> subject + "." + name.substring(subject.length() + 1))
                .orElseGet(() -> name.replaceFirst("_", "."));
    }

    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(EventType::text).toList();
    }
}
