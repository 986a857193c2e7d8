package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /webhooks/ID/replay} takes, for the API's description. */
@Schema(name = "ReplayWebhook")
record ReplayRequest(
        @Schema(required = true, description = "Events of this time or later.")
                @JsonProperty("created_after")
                Instant createdAfter,
        @Schema(description = "Events before this time; until now without it.")
                @JsonProperty("created_before")
                @Nullable Instant createdBefore,
        @Schema(
                        description =
                                "Only what became this of it: failed, delivered, pending. Without it: failed.",
                        examples = "[\"failed\"]")
                @Nullable List<String> states,
        @Schema(description = "Only events of these types; of those that it is told now.")
                @Nullable List<String> types) {}
