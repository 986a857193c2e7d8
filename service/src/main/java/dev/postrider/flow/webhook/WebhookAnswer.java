package dev.postrider.flow.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as the API shows it: without its secret. */
@Schema(name = "Webhook")
record WebhookAnswer(
        @Schema(examples = "webhook") String object,
        UUID id,
        @Schema(examples = "https://app.example.org/hooks/postrider") String endpoint,
        List<String> events,
        @Schema(enumeration = {"enabled", "disabled"}) String status,
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
                webhook.createdAt());
    }
}
