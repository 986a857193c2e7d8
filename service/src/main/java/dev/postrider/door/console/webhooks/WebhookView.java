package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as pages show it.
 *
 * @param tone how it does: good, warn, bad, or nothing to say
 * @param text what is wrong; null when nothing is
 * @param since since when it takes no call
 * @param restsUntil when it is called again
 * @param how the same, in the order of a list
 */
public record WebhookView(
        String id,
        String endpoint,
        boolean isEnabled,
        String state,
        String tone,
        @Nullable String text,
        @Nullable Moment since,
        @Nullable Moment restsUntil,
        List<String> events,
        String told,
        Moment created,
        @Nullable Moment previousSecretUntil,
        How how) {
    private static final int FEW = 3;

    public WebhookView {
        events = List.copyOf(events);
    }

    static WebhookView of(JsonNode webhook, Visit visit) {
        var isEnabled = webhook.path("status").asText().equals("enabled");
        var reason = text(webhook, "reason");
        var failing = webhook.path("failing");
        var how = how(isEnabled, reason.isPresent(), failing);
        var events = webhook.path("events").valueStream().map(JsonNode::asText).toList();
        return new WebhookView(
                webhook.path("id").asText(),
                webhook.path("endpoint").asText(),
                isEnabled,
                how.state,
                how.tone,
                reason.or(() -> text(failing, "last_error")).orElse(null),
                text(failing, "since").map(visit::time).orElse(null),
                text(webhook, "resting_until").map(visit::time).orElse(null),
                events,
                told(events),
                visit.time(webhook.path("created_at").asText()),
                text(webhook, "previous_secret_expires_at").map(visit::time).orElse(null),
                how);
    }

    /** Those that need somebody first. */
    public enum How {
        GIVEN_UP("Given up", "bad"),
        FAILING("Failing", "bad"),
        STUMBLING("Last call failed", "warn"),
        ENABLED("Enabled", "good"),
        DISABLED("Disabled", "");

        private final String state;
        private final String tone;

        How(String state, String tone) {
            this.state = state;
            this.tone = tone;
        }
    }

    private static How how(boolean isEnabled, boolean hasReason, JsonNode failing) {
        if (!isEnabled) {
            return hasReason ? How.GIVEN_UP : How.DISABLED;
        }
        if (!failing.isObject()) {
            return How.ENABLED;
        }
        return failing.path("for_long").asBoolean() ? How.FAILING : How.STUMBLING;
    }

    private static String told(List<String> events) {
        var first =
                events.stream().limit(FEW).map(EventWords::label).collect(Collectors.joining(", "));
        return events.size() > FEW ? first + " and " + (events.size() - FEW) + " more" : first;
    }

    static Optional<String> text(JsonNode object, String name) {
        return Optional.ofNullable(object.path(name).textValue());
    }
}
