package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.store.find.EmailRows;
import dev.postrider.http.ListAnswer;
import dev.postrider.page.Page;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "SentEmails")
final class EmailList extends ListAnswer<EmailList.Item> {
    EmailList(Page.Items<EmailRows.Row> found) {
        super(found, Item::of);
    }

    /** An email without its content. */
    @Schema(name = "SentEmailItem")
    record Item(
            @Schema(examples = "email") String object,
            UUID id,
            @JsonProperty("message_id") String messageId,
            String from,
            List<String> to,
            List<String> cc,
            List<String> bcc,
            @JsonProperty("reply_to") List<String> replyTo,
            String subject,
            @JsonProperty("created_at") String createdAt,
            @Schema(nullable = true) @JsonProperty("scheduled_at") @Nullable String scheduledAt,
            @JsonProperty("last_event") String lastEvent,
            List<EmailAnswer.Tag> tags,
            String state,
            @Schema(nullable = true) @Nullable String reason,
            @Schema(nullable = true) @Nullable WaitingAnswer waiting,
            @JsonProperty("mailbox_id") UUID mailboxId) {
        static Item of(EmailRows.Row row) {
            return new Item(
                    "email",
                    row.id(),
                    row.messageId(),
                    row.from(),
                    EmailAnswer.addresses(row.recipients(), "to"),
                    EmailAnswer.addresses(row.recipients(), "cc"),
                    EmailAnswer.addresses(row.recipients(), "bcc"),
                    row.replyTo(),
                    row.subject(),
                    EmailAnswer.time(row.createdAt()),
                    row.scheduledAt().map(EmailAnswer::time).orElse(null),
                    LastEvent.of(row.state(), row.attempts()),
                    EmailAnswer.tags(row.tags()),
                    row.state().text(),
                    row.reason().isEmpty() ? null : row.reason(),
                    row.waiting().map(WaitingAnswer::of).orElse(null),
                    row.mailboxId());
        }
    }
}
