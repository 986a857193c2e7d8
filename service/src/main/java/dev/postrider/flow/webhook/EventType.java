package dev.postrider.flow.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an application can be told of. */
enum EventType {
    EMAIL_SENT,
    EMAIL_DELIVERY_DELAYED,
    EMAIL_BOUNCED,
    EMAIL_FAILED;

    /** As it stands in requests and in the database: {@code email.delivery_delayed}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(EventType::text).toList();
    }
}
