package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.webhook.Deliveries;
import dev.postrider.flow.webhook.DeliveryRow;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.ListAnswer;
import dev.postrider.page.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event on its way to a webhook, as the API shows it. */
@Schema(name = "WebhookDelivery")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryAnswer(
        @Schema(examples = "webhook_delivery") String object,
        @Schema(description = "The event's id, which each call has as webhook-id.") UUID id,
        @JsonProperty("webhook_id") UUID webhookId,
        @Schema(
                        examples = "app.example.org",
                        description = "Where the webhook's endpoint is; only among an email's.")
                @Nullable String host,
        @Schema(examples = "email.sent") String type,
        @JsonProperty("email_id") @Nullable UUID emailId,
        @Schema(
                        examples = "Invoice 17",
                        description = "The email's subject, the mailbox's address or the like.")
                @Nullable String about,
        @Schema(description = "When it happened.") @JsonProperty("created_at") Instant createdAt,
        @Schema(enumeration = {"pending", "delivered", "failed"}) String state,
        @Schema(
                        description =
                                "Why it hasn't been delivered, or not yet; absent before the first"
                                        + " attempt ended.",
                        examples = "The endpoint answered 500.")
                @Nullable String reason,
        @Schema(description = "How many were begun.") @JsonProperty("attempt_count")
                int attemptCount,
        @Schema(description = "Whether it is being called just now.") @JsonProperty("in_progress")
                boolean inProgress,
        @Schema(description = "Whether it goes, or went, once more because somebody asked.")
                boolean replayed,
        @JsonProperty("next_attempt_at") @Nullable Instant nextAttemptAt,
        @JsonProperty("last_attempt_at") @Nullable Instant lastAttemptAt,
        @Schema(description = "What the last call was answered with.") @JsonProperty("last_status")
                @Nullable Integer lastStatus,
        @Schema(description = "Only where one is asked for.") @Nullable Request request,
        @Schema(
                        description =
                                "Those that have ended, oldest first, the last 100 of them. Only where one"
                                        + " is asked for. One that a node began and died with is missing.")
                @Nullable List<Attempt> attempts) {

    /** A page of them. */
    @Schema(name = "WebhookDeliveryList")
    static final class Listed extends ListAnswer<DeliveryAnswer> {
        Listed(Page.Items<DeliveryAnswer> found) {
            super(found, answer -> answer);
        }
    }

    /**
     * What is sent.
     *
     * @param headers without the signature, which each attempt has of its own
     * @param body without what only the endpoint may read
     * @param hidden the names of that
     */
    @Schema(name = "WebhookRequest")
    record Request(
            @Schema(examples = "POST") String method,
            String url,
            @Schema(description = "But for the signatures: each attempt has its own.")
                    Map<String, String> headers,
            @Schema(type = SchemaType.OBJECT) JsonNode body,
            @Schema(
                            description =
                                    "Members of the body's data that only the endpoint gets, such as links"
                                            + " that let somebody in.")
                    List<String> hidden) {
        Request {
            headers = Map.copyOf(headers);
            hidden = List.copyOf(hidden);
        }
    }

    /** A call that has ended. */
    @Schema(name = "WebhookAttempt")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attempt(
            int number,
            Instant at,
            @JsonProperty("duration_ms") long durationMs,
            @Schema(description = "What it was answered with; absent without an answer.")
                    @Nullable Integer status,
            @Schema(description = "Why it didn't deliver.") @Nullable String error,
            @Schema(
                            description =
                                    "How the answer's body begins, 4 KiB at most, as text; what isn't text"
                                            + " is replaced. A cut is marked with an ellipsis.")
                    @Nullable String answer) {
        static Attempt of(DeliveryRow.Attempt attempt) {
            return new Attempt(
                    attempt.number(),
                    attempt.at(),
                    attempt.took().toMillis(),
                    attempt.status().orElse(null),
                    attempt.error().orElse(null),
                    attempt.answer().orElse(null));
        }
    }

    static DeliveryAnswer of(DeliveryRow row) {
        return of(row, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static DeliveryAnswer of(Deliveries.OfEmail found) {
        return of(found.row(), Optional.of(found.host()), Optional.empty(), Optional.empty());
    }

    static DeliveryAnswer of(Webhook webhook, Deliveries.Found found) {
        var id = found.row().event().id().toString();
        var headers =
                Map.of(
                        "Content-Type",
                        "application/json",
                        "User-Agent",
                        "Postrider",
                        "webhook-id",
                        id,
                        "svix-id",
                        id);
        return of(
                found.row(),
                Optional.empty(),
                Optional.of(
                        new Request(
                                "POST",
                                webhook.endpoint().uri().toString(),
                                headers,
                                found.body(),
                                found.hidden())),
                Optional.of(found.attempts().stream().map(Attempt::of).toList()));
    }

    private static DeliveryAnswer of(
            DeliveryRow row,
            Optional<String> host,
            Optional<Request> request,
            Optional<List<Attempt>> attempts) {
        var event = row.event();
        return new DeliveryAnswer(
                "webhook_delivery",
                event.id(),
                row.webhookId(),
                host.orElse(null),
                event.type(),
                event.email().orElse(null),
                event.about().orElse(null),
                event.createdAt(),
                row.state().text(),
                row.problem().orElse(null),
                row.attempts(),
                row.isUnderWay(),
                row.isReplayed(),
                row.dueAt().orElse(null),
                row.last().map(DeliveryRow.Attempt::at).orElse(null),
                row.last().flatMap(DeliveryRow.Attempt::status).orElse(null),
                request.orElse(null),
                attempts.orElse(null));
    }
}
