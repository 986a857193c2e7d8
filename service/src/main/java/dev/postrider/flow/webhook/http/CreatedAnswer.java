package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new webhook, with its secret for the only time. */
@Schema(name = "CreatedWebhook")
record CreatedAnswer(
        @Schema(examples = "webhook") String object,
        UUID id,
        @Schema(
                        description = "Store it: it is shown only once.",
                        examples = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
                @JsonProperty("signing_secret")
                String signingSecret) {
    @Override
    public String toString() {
        return "CreatedAnswer[" + id + "]";
    }
}
