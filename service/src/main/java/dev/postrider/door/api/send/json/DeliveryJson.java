package dev.postrider.door.api.send.json;

import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.flow.accept.DeliveryOptions;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.http.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an email is to be sent, read: the fields that have nothing to do with what it says. */
final class DeliveryJson {
    private static final int MAX_WORD = 16;

    private static final Set<String> NAMES = FieldNames.of(Tag.class);

    private DeliveryJson() {}

    @Schema(
            name = "EmailTag",
            requiredProperties = {"name", "value"})
    record Tag(
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = EmailLimits.TAG) String name,
            @Schema(pattern = "[A-Za-z0-9_-]+", maxLength = EmailLimits.TAG) String value) {}

    @Schema(
            name = "ScheduledAt",
            type = SchemaType.STRING,
            description =
                    "When to send: ISO 8601 (UTC without an offset), 'in 90 minutes', 'tomorrow"
                            + " at 9am' or 'Friday at 3pm ET' (UTC without a zone); up to 365 days ahead."
                            + " A time in the past means now.",
            examples = "2026-12-24T18:00:00Z",
            maxLength = ScheduledTime.MAX_LENGTH)
    interface ScheduledAtText {}

    @Schema(
            name = "EmailPriority",
            type = SchemaType.STRING,
            description = "Compared with the other emails that wait in the same mailbox.",
            enumeration = {"high", "normal", "low"},
            defaultValue = "normal")
    interface PriorityText {}

    @Schema(
            name = "OnUnknown",
            type = SchemaType.STRING,
            description =
                    "What to do when it is unknown whether the server took it: send the same"
                            + " bytes once more, or only report that.",
            enumeration = {"resend", "report"},
            defaultValue = "resend")
    interface OnUnknownText {}

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

    /**
     * Each as its name and value, or as Symfony writes them: one member, {@code {"X-Tag": "a"}},
     * which may come again and is numbered then.
     */
    private static Map<String, String> tags(Fields email) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : email.objects("tags", EmailLimits.TAGS)) {
            var only = tag.names().size() == 1 ? tag.names().getFirst() : "name";
            if (!NAMES.contains(only)) {
                var value = tag.text(only, EmailLimits.TAG);
                var name = only;
                for (var i = 2; tags.containsKey(name); i++) {
                    name = only + "-" + i;
                }
                tags.put(name, value);
                continue;
            }
            var name = tag.text("name", EmailLimits.TAG);
            if (tags.put(name, tag.text("value", EmailLimits.TAG)) != null) {
                tag.error("name", "is also the name of another tag");
            }
        }
        return tags;
    }
}
