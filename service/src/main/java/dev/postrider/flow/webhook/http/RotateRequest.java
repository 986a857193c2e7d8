package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /webhooks/ID/secret} takes, for the API's description. */
@Schema(name = "RotateWebhookSecret")
record RotateRequest(
        @Schema(
                        description =
                                "Your own: whsec_ and 24 to 64 random bytes in base64. Without it one is made"
                                        + " up.",
                        maxLength = 100)
                @JsonProperty("signing_secret")
                @Nullable String signingSecret,
        @Schema(
                        minimum = "0",
                        maximum = "604800",
                        defaultValue = "86400",
                        description =
                                "For how many seconds the secret before signs as well. 0: it is known to"
                                        + " somebody who mustn't know it.")
                @JsonProperty("previous_valid_for")
                @Nullable Integer previousValidFor) {
    @Override
    public String toString() {
        return "RotateRequest";
    }
}
