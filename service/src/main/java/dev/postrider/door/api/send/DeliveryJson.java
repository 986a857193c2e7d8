package dev.postrider.door.api.send;

import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.flow.accept.DeliveryOptions;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.http.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an email is to be sent, read: the fields that have nothing to do with what it says. */
final class DeliveryJson {
    private static final int MAX_WORD = 16;

    private DeliveryJson() {}

    @Schema(
            name = "EmailTag",
            requiredProperties = {"name", "value"})
    record Tag(
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = EmailLimits.TAG) String name,
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = EmailLimits.TAG) String value) {}

    static DeliveryOptions in(Fields email, Instant now) {
        return new DeliveryOptions(
                ScheduledAt.in(email, now), priority(email), onUnknown(email), tags(email));
    }

    private static Priority priority(Fields email) {
        var text = email.optionalText("priority", MAX_WORD);
        if (text.isEmpty()) {
            return Priority.NORMAL;
        }
        var priority = Priority.parse(text.get());
        if (priority.isEmpty()) {
            email.error("priority", "must be high, normal or low");
        }
        return priority.orElse(Priority.NORMAL);
    }

    private static OnUnknown onUnknown(Fields email) {
        return switch (email.optionalText("on_unknown", MAX_WORD).orElse("resend")) {
            case "resend" -> OnUnknown.RESEND;
            case "report" -> OnUnknown.REPORT;
            case String _ -> {
                email.error("on_unknown", "must be resend or report");
                yield OnUnknown.RESEND;
            }
        };
    }

    private static Map<String, String> tags(Fields email) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : email.objects("tags", EmailLimits.TAGS)) {
            var name = tag.text("name", EmailLimits.TAG);
            if (tags.put(name, tag.text("value", EmailLimits.TAG)) != null) {
                tag.error("name", "is the name of another tag too");
            }
        }
        return tags;
    }
}
