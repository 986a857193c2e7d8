package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.webhook.Webhooks;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook's new secret, for the only time. */
@Schema(name = "RotatedWebhookSecret")
record RotatedAnswer(
        @Schema(examples = "webhook") String object,
        UUID id,
        @Schema(
                        description = "Store it: it is shown only once.",
                        examples = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
                @JsonProperty("signing_secret")
                String signingSecret,
        @Schema(
                        nullable = true,
                        description =
                                "Until then calls have two signatures, of both secrets; null when the one"
                                        + " before has ended.")
                @JsonProperty("previous_secret_expires_at")
                @Nullable Instant previousSecretExpiresAt) {
    static RotatedAnswer of(Webhooks.Rotated rotated) {
        return new RotatedAnswer(
                "webhook",
                rotated.webhook().id(),
                rotated.secret().text(),
                rotated.webhook().previousSecretUntil().orElse(null));
    }

    @Override
    public String toString() {
        return "RotatedAnswer[" + id + "]";
    }
}
