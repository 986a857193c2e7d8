package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import org.jspecify.annotations.Nullable;

/**
 * How a mailbox is, in words.
 *
 * @param tone good, warn or bad; empty for none
 * @param label for a badge
 * @param text what has happened; empty when all is well
 * @param said what the server or the provider said; empty for nothing
 * @param todo what to do; empty for nothing
 * @param until when it goes on by itself
 * @param since when it came to be so
 */
public record Standing(
        String tone,
        String label,
        String text,
        String said,
        String todo,
        @Nullable Moment until,
        Moment since) {

    static Standing of(JsonNode mailbox, Visit visit) {
        var since = visit.time(mailbox.path("state_since").asText());
        var reason = mailbox.path("reason").asText();
        return switch (mailbox.path("state").asText()) {
            case "held" -> {
                var words = HeldWords.of(mailbox.path("reason_code").asText());
                yield new Standing(
                        "bad", "Needs attention", words.title(), reason, words.todo(), null, since);
            }
            case "paused" ->
                    new Standing(
                            "",
                            "Paused",
                            reason,
                            "",
                            "Its emails wait until it is resumed.",
                            null,
                            since);
            case String _ -> active(mailbox, visit, since);
        };
    }

    private static Standing active(JsonNode mailbox, Visit visit, Moment since) {
        var rest = mailbox.path("rest");
        if (rest.isObject()) {
            var isServer = rest.path("cause").asText().equals("server");
            return new Standing(
                    "warn",
                    isServer ? "Server away" : "At its limit",
                    isServer
                            ? "Its server can't be reached: it is tried again by itself."
                            : "A limit is reached: its emails wait, and go on by themselves.",
                    rest.path("reason").asText(),
                    "",
                    visit.time(rest.path("until").asText()),
                    since);
        }
        return new Standing("good", "Sends", "", "", "", null, since);
    }

    public boolean isHeld() {
        return tone.equals("bad");
    }
}
