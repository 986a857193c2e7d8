package dev.postrider.door.api.send;

import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.http.Fields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads how an email is to be sent: the fields that have nothing to do with what it says. */
public final class ReadDelivery {
    static final int MAX_TAGS = 50;
    static final int MAX_TAG_LENGTH = 256;
    private static final int MAX_WORD = 16;

    private ReadDelivery() {}

    public static EmailRequest.Delivery in(Fields email, Instant now) {
        return new EmailRequest.Delivery(
                ScheduledTime.in(email, now), priority(email), onUnknown(email), tags(email));
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
        for (var tag : email.objects("tags", MAX_TAGS)) {
            var name = word(tag, "name");
            var value = word(tag, "value");
            if (!name.isEmpty() && tags.put(name, value) != null) {
                tag.error("name", "is there twice");
            }
        }
        return tags;
    }

    private static String word(Fields tag, String field) {
        var text = tag.text(field, MAX_TAG_LENGTH);
        var isEmpty = tag.node(field).filter(node -> node.asText().isEmpty()).isPresent();
        if (isEmpty || !text.chars().allMatch(ReadDelivery::isWordCharacter)) {
            tag.error(field, "must be of ASCII letters, digits, - and _");
            return "";
        }
        return text;
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }
}
