package dev.postrider.door.api.send.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.RawRequest;
import dev.postrider.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /emails/raw} takes as JSON: its description, and how it is read. */
@Schema(name = "RawEmail", requiredProperties = "raw")
public record RawJson(
        @Schema(
                        description =
                                "The message in base64, or as text with CRLF line ends; up to 41943040"
                                        + " octets.")
                String raw,
        @Schema(
                        description =
                                "Up to 150 recipients instead of those in To, Cc and Bcc of the"
                                        + " message.",
                        maxItems = EmailLimits.RAW_RECIPIENTS)
                List<EmailJson.AddressText> to,
        @Schema(description = "As with POST /emails.", maxItems = EmailLimits.TAGS)
                List<DeliveryJson.Tag> tags,
        @JsonProperty("scheduled_at") DeliveryJson.ScheduledAtText scheduledAt,
        DeliveryJson.PriorityText priority,
        @JsonProperty("on_unknown") DeliveryJson.OnUnknownText onUnknown) {
    private static final Set<String> NAMES = FieldNames.of(RawJson.class);

    /** Empty when something is wrong, which the fields tell. */
    public static Optional<RawRequest> read(Fields fields, Instant now) {
        fields.refuseLookalikes(NAMES, Set.of());
        var to = EmailJson.addresses(fields, "to", EmailLimits.RAW_RECIPIENTS);
        var delivery = DeliveryJson.in(fields, now);
        return switch (fields.node("raw").orElse(null) instanceof POJONode node
                ? node.getPojo()
                : null) {
            case Content.Known(var message) when fields.areValid() ->
                    Optional.of(new RawRequest(message, to, delivery));
            case Content.Known _ -> Optional.empty();
            case Content.Flawed(var reason) -> {
                fields.error("raw", reason);
                yield Optional.empty();
            }
            case null, default -> {
                if (fields.has("raw")) {
                    fields.error("raw", "must be the message in base64, or as text");
                } else {
                    fields.missing("raw", "is missing: give the message in base64, or as text");
                }
                yield Optional.empty();
            }
        };
    }
}
