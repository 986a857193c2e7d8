package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a webhook, as pages show it.
 *
 * @param label what happened, in words
 * @param about of what: an email's subject
 * @param tone how it stands: good, warn or bad
 * @param text why it isn't delivered
 * @param next when it is tried again
 * @param last when it was tried last
 */
public record DeliveryView(
        String id,
        String type,
        String label,
        @Nullable String about,
        @Nullable String email,
        Moment happened,
        String state,
        String tone,
        @Nullable String text,
        int attempts,
        boolean isReplayed,
        boolean isInProgress,
        @Nullable Moment next,
        @Nullable Moment last) {

    static DeliveryView of(JsonNode delivery, Visit visit) {
        var state = delivery.path("state").asText();
        var inProgress = delivery.path("in_progress").asBoolean();
        var attempts = delivery.path("attempt_count").asInt();
        var type = delivery.path("type").asText();
        return new DeliveryView(
                delivery.path("id").asText(),
                type,
                EventWords.label(type),
                WebhookView.text(delivery, "about").orElse(null),
                WebhookView.text(delivery, "email_id").orElse(null),
                visit.time(delivery.path("created_at").asText()),
                inProgress ? "Being called" : words(state, attempts),
                tone(state, attempts),
                WebhookView.text(delivery, "reason").orElse(null),
                attempts,
                delivery.path("replayed").asBoolean(),
                inProgress,
                inProgress
                        ? null
                        : WebhookView.text(delivery, "next_attempt_at")
                                .map(visit::time)
                                .orElse(null),
                WebhookView.text(delivery, "last_attempt_at").map(visit::time).orElse(null));
    }

    private static String words(String state, int attempts) {
        return switch (state) {
            case "delivered" -> "Delivered";
            case "pending" -> attempts == 0 ? "Waits" : "Will be tried again";
            case String _ -> "Failed";
        };
    }

    private static String tone(String state, int attempts) {
        return switch (state) {
            case "delivered" -> "good";
            case "pending" -> attempts == 0 ? "" : "warn";
            case String _ -> "bad";
        };
    }

    /** Whether a page goes on to look. */
    public boolean isLive() {
        return isInProgress || next != null;
    }

    public String count() {
        return attempts == 1 ? "1 attempt" : attempts + " attempts";
    }
}
