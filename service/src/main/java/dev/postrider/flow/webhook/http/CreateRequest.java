package dev.postrider.flow.webhook.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /webhooks} takes, for the API's description; {@link ParseWebhook} reads it. */
@Schema(name = "CreateWebhook")
record CreateRequest(
        @Schema(
                        required = true,
                        maxLength = 2048,
                        examples = "https://app.example.org/hooks/postrider",
                        description =
                                "https, at a public address or one that the operator lists in"
                                        + " POSTRIDER_OUTBOUND_ALLOW; http only at a listed one.")
                String endpoint,
        @Schema(
                        required = true,
                        minItems = 1,
                        examples = "[\"email.sent\", \"email.bounced\"]",
                        description =
                                "email.scheduled, email.sent, email.delivery_delayed, email.bounced,"
                                        + " email.failed, email.canceled, email.retried; mailbox.connected,"
                                        + " mailbox.held, mailbox.released, mailbox.limit_reached,"
                                        + " mailbox.expiring, mailbox.removed; connect_link.failed;"
                                        + " provider_app.failing, provider_app.recovered; webhook.failing,"
                                        + " webhook.disabled, webhook.recovered. Resend's others are accepted"
                                        + " too, but never happen here.")
                List<String> events,
        @Schema(
                        enumeration = {"enabled", "disabled"},
                        defaultValue = "enabled")
                @Nullable String status) {
    CreateRequest {
        events = List.copyOf(events);
    }
}
