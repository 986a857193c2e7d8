package dev.postrider.door.api.send;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.accept.AcceptRaw;
import dev.postrider.flow.accept.ScheduledTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes what {@code POST /emails/raw} takes as JSON; {@link AcceptRaw} reads it. */
@Schema(name = "RawEmail", requiredProperties = "raw")
record RawDescription(
        @Schema(
                        description =
                                "The message in base64, or its text, lines ending with CRLF; up to"
                                        + " 41943040 octets.")
                String raw,
        @Schema(
                        description =
                                "Up to 150 recipients instead of those in To, Cc and Bcc of the"
                                        + " message.",
                        maxItems = 3 * ReadEmailRequest.MAX_RECIPIENTS)
                List<EmailDescription.AddressText> to,
        @Schema(description = "As with POST /emails.", maxItems = ReadDelivery.MAX_TAGS)
                List<EmailDescription.Tag> tags,
        @Schema(description = "As with POST /emails.", maxLength = ScheduledTime.MAX_LENGTH)
                @JsonProperty("scheduled_at")
                String scheduledAt,
        @Schema(
                        enumeration = {"high", "normal", "low"},
                        defaultValue = "normal")
                String priority,
        @Schema(
                        enumeration = {"resend", "report"},
                        defaultValue = "resend")
                @JsonProperty("on_unknown")
                String onUnknown) {}
