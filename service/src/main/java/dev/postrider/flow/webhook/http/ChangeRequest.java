package dev.postrider.flow.webhook.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code PATCH /webhooks/ID} takes, for the API's description; what is left out stays. */
@Schema(name = "ChangeWebhook")
record ChangeRequest(
        @Schema(maxLength = 2048) @Nullable String endpoint,
        @Schema(minItems = 1) @Nullable List<String> events,
        @Schema(enumeration = {"enabled", "disabled"}) @Nullable String status) {}
