package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.store.find.EmailRows;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.http.ListAnswer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "SentEmails")
final class EmailList extends ListAnswer<EmailList.Item> {
    @Schema(
            nullable = true,
            description =
                    "Only there when a search was given up for now, after a second: up to where it has"
                            + " looked. The page may have fewer emails than asked for; ask with the same"
                            + " filter and `after` (or `before`, if that was asked) as said here, to go on.")
    @JsonProperty("looked_up_to")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public final @Nullable LookedUpTo lookedUpTo;

    EmailList(Emails.Listed found) {
        super(found.emails(), Item::of);
        this.lookedUpTo = found.lookedUpTo().map(LookedUpTo::of).orElse(null);
    }

    /** Where a search goes on. */
    @Schema(name = "SearchedUpTo")
    record LookedUpTo(
            @Schema(description = "When the last email was accepted that was looked at.")
                    String time,
            @Schema(description = "The cursor to go on from.") UUID cursor) {
        static LookedUpTo of(UUID cursor) {
            var time = Instant.ofEpochMilli(cursor.getMostSignificantBits() >>> 16);
            return new LookedUpTo(EmailAnswer.time(time), cursor);
        }
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
