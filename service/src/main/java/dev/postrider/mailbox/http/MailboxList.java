package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Page;
import dev.postrider.mailbox.DayUsage;
import dev.postrider.mailbox.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of mailboxes, newest first. */
@Schema(name = "MailboxList")
record MailboxList(
        @Schema(examples = "list") String object,
        @JsonProperty("has_more") boolean hasMore,
        List<MailboxAnswer> data) {
    MailboxList {
        data = List.copyOf(data);
    }

    static MailboxList of(Page.Items<Mailbox> mailboxes, Map<UUID, DayUsage> used) {
        return new MailboxList(
                "list",
                mailboxes.hasMore(),
                mailboxes.items().stream()
                        .map(mailbox ->
                                MailboxAnswer.of(
                                        mailbox, used.getOrDefault(mailbox.id(), DayUsage.NOTHING)))
                        .toList());
    }
}
