package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox in a list.
 *
 * @param owner empty for the whole workspace's
 * @param waiting how many emails wait, in words
 */
public record MailboxRow(
        String id,
        String address,
        String displayName,
        String owner,
        String provider,
        Standing standing,
        UsageBar use,
        String waiting,
        @Nullable Moment lastSent) {
    private static final int COUNTED = 1_000;

    static MailboxRow of(JsonNode mailbox, Visit visit) {
        return new MailboxRow(
                mailbox.path("id").asText(),
                mailbox.path("address").asText(),
                mailbox.path("display_name").asText(),
                owner(mailbox),
                provider(mailbox.path("provider").asText()),
                Standing.of(mailbox, visit),
                UsageBar.nearest(mailbox),
                waiting(mailbox.path("waiting").asLong(), COUNTED),
                mailbox.has("last_sent_at")
                        ? visit.time(mailbox.path("last_sent_at").asText())
                        : null);
    }

    static String owner(JsonNode mailbox) {
        return mailbox.has("user_email")
                ? mailbox.path("user_email").asText()
                : mailbox.path("external_id").asText();
    }

    static String provider(String kind) {
        return switch (kind) {
            case "smtp" -> "SMTP";
            case "sandbox" -> "Sandbox";
            case "gmail" -> "Gmail";
            case "microsoft" -> "Microsoft 365";
            case String other -> other;
        };
    }

    /**
     * @param counted no further than this
     */
    static String waiting(long waiting, int counted) {
        return waiting == 0 ? "" : UsageBar.number(waiting) + (waiting >= counted ? "+" : "");
    }
}
