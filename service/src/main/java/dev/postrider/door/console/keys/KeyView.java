package dev.postrider.door.console.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Visit;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without the key itself.
 *
 * @param mailbox the address of the only one that it may use; empty for any
 * @param maker who made it; empty for who is looking
 * @param lastUsed empty for never
 */
public record KeyView(
        String id,
        String name,
        boolean sendsOnly,
        String mailbox,
        String maker,
        int perSecond,
        Moment created,
        @Nullable Moment lastUsed) {
    static KeyView of(JsonNode key, Visit visit) {
        var mine = visit.caller().userId().toString().equals(key.path("user_id").asText());
        return new KeyView(
                key.path("id").asText(),
                key.path("name").asText(),
                key.path("permission").asText().equals("sending_access"),
                text(key, "mailbox_address"),
                mine ? "" : text(key, "user_email"),
                key.path("per_second").asInt(),
                visit.time(key.path("created_at").asText()),
                key.path("last_used_at").isTextual()
                        ? visit.time(key.path("last_used_at").asText())
                        : null);
    }

    public String may() {
        return sendsOnly ? "Send only" : "Everything that its maker may";
    }

    public String rate() {
        return Numbers.of(perSecond);
    }

    private static String text(JsonNode key, String name) {
        return key.path(name).isTextual() ? key.path(name).asText() : "";
    }
}
