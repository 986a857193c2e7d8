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
        @Schema(
                        nullable = true,
                        description = "Since when its endpoint takes nothing; null otherwise.")
                @Nullable FailingAnswer failing,
        @Schema(
                        nullable = true,
                        description =
                                "Until then it isn't called: its endpoint asked for a pause, or fails"
                                        + " again and again.")
                @JsonProperty("resting_until")
                @Nullable Instant restingUntil,
        @Schema(
                        nullable = true,
                        description =
                                "Until then the secret before the last rotation signs as well.")
                @JsonProperty("previous_secret_expires_at")
                @Nullable Instant previousSecretExpiresAt,
        @JsonProperty("created_at") Instant createdAt) {
    WebhookAnswer {
        events = List.copyOf(events);
    }

    /** An endpoint that didn't take the last call. */
    @Schema(name = "FailingWebhook")
    record FailingAnswer(
            Instant since,
            @Schema(description = "How many in a row.", examples = "12") int calls,
            @Schema(nullable = true, examples = "The endpoint answered 500.")
                    @JsonProperty("last_error")
                    @Nullable String lastError,
            @Schema(
                            description =
                                    "Whether it has failed for an hour: then the other webhooks are told"
                                            + " `webhook.failing`.")
                    @JsonProperty("for_long")
                    boolean forLong) {
        static FailingAnswer of(Webhook.Failing failing) {
            return new FailingAnswer(
                    failing.since(),
                    failing.calls(),
                    failing.lastError().orElse(null),
                    failing.isForLong());
        }
    }

    static WebhookAnswer of(Webhook webhook) {
        return new WebhookAnswer(
                "webhook",
                webhook.id(),
                webhook.endpoint().uri().toString(),
                webhook.events().stream().map(EventType::text).toList(),
                webhook.status().text(),
                webhook.reason().orElse(null),
                webhook.failing().map(FailingAnswer::of).orElse(null),
                webhook.restsUntil().orElse(null),
                webhook.previousSecretUntil().orElse(null),
                webhook.createdAt());
    }
}
