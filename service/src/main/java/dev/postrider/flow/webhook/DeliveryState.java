package dev.postrider.flow.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far an event is on its way to a webhook. */
public enum DeliveryState {
    /** It is called, or will be. */
    PENDING,
    /** The endpoint has taken it. */
    DELIVERED,
    /** Nothing more is tried, unless somebody asks for it. */
    FAILED;

    /** As it stands in requests and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeliveryState> of(String text) {
        return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(DeliveryState::text).toList();
    }
}
