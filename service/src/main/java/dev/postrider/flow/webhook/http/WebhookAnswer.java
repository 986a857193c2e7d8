package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.event.EventType;
import dev.postrider.flow.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as the API shows it: without its secret. */
@Schema(name = "Webhook")
record WebhookAnswer(
        @Schema(examples = "webhook") String object,
        UUID id,
        @Schema(examples = "https://app.example.org/hooks/postrider") String endpoint,
        List<String> events,
        @Schema(enumeration = {"enabled", "disabled"}) String status,
        @Schema(
                        nullable = true,
                        examples = "The endpoint has accepted no call for 5 days.",
                        description = "Why it was disabled automatically; null otherwise.")
                @Nullable String reason,
        @JsonProperty("created_at") Instant createdAt) {
    WebhookAnswer {
        events = List.copyOf(events);
    }

    static WebhookAnswer of(Webhook webhook) {
        return new WebhookAnswer(
                "webhook",
                webhook.id(),
                webhook.endpoint().uri().toString(),
                webhook.events().stream().map(EventType::text).toList(),
                webhook.status().text(),
                webhook.reason().orElse(null),
                webhook.createdAt());
    }
}
