package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.email.ProviderIds;
import dev.postrider.flow.store.find.AcceptedBy;
import dev.postrider.flow.store.find.EmailRows;
import dev.postrider.flow.store.find.Emails;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An email as {@code GET /emails/ID} shows it. Every key is always there. */
@Schema(name = "SentEmail")
record EmailAnswer(
        @Schema(examples = "email") String object,
        UUID id,
        @JsonProperty("message_id") String messageId,
        String from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        @JsonProperty("reply_to") List<String> replyTo,
        String subject,
        @Schema(
                        nullable = true,
                        description = "At most the first MiB; the message itself has all of it.")
                @Nullable String html,
        @Schema(nullable = true, description = "Likewise.") @Nullable String text,
        @JsonProperty("created_at") String createdAt,
        @Schema(nullable = true) @JsonProperty("scheduled_at") @Nullable String scheduledAt,
        @Schema(
                        description = "The state in the words of other email services.",
                        enumeration = {
                            "queued",
                            "scheduled",
                            "sent",
                            "delivery_delayed",
                            "bounced",
                            "failed",
                            "canceled"
                        })
                @JsonProperty("last_event")
                String lastEvent,
        List<Tag> tags,
        @Schema(
                        enumeration = {
                            "scheduled",
                            "queued",
                            "sending",
                            "sent",
                            "refused",
                            "failed",
                            "unknown",
                            "canceled"
                        })
                String state,
        @Schema(
                        nullable = true,
                        description =
                                "What came of the last attempt, or why it ended as it did; `waiting` says"
                                        + " what it waits for.")
                @Nullable String reason,
        @Schema(
                        nullable = true,
                        description =
                                "What it waits for; null while it is being sent and when it is finished.")
                @Nullable WaitingAnswer waiting,
        @JsonProperty("mailbox_id") UUID mailboxId,
        @Schema(
                        nullable = true,
                        examples = "18c2f0d1a2b3c4d5",
                        description =
                                "What the mailbox's provider calls the message in its own API, once"
                                        + " it has taken it; null where it names none (SMTP, and Microsoft"
                                        + " unless it was asked).")
                @JsonProperty("provider_message_id")
                @Nullable String providerMessageId,
        @Schema(
                        nullable = true,
                        description = "What the provider calls the message's conversation.")
                @JsonProperty("provider_thread_id")
                @Nullable String providerThreadId,
        @Schema(enumeration = {"high", "normal", "low"}) String priority,
        @Schema(enumeration = {"resend", "report"}) @JsonProperty("on_unknown") String onUnknown,
        @Schema(
                        nullable = true,
                        description = "When the next attempt is due; null when there is none.")
                @JsonProperty("next_attempt_at")
                @Nullable String nextAttemptAt,
        @Schema(nullable = true) @JsonProperty("finished_at") @Nullable String finishedAt,
        @JsonProperty("accepted_by") SenderAnswer acceptedBy,
        List<RecipientAnswer> recipients,
        List<AttemptAnswer> attempts,
        @Schema(description = "What people did with it since; the latest 100, oldest first.")
                List<ChangeAnswer> changes) {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Schema(name = "SentEmailTag")
    record Tag(String name, String value) {}

    @Schema(name = "EmailAcceptedBy", description = "Who sent it; names are those of now.")
    record SenderAnswer(
            @Schema(nullable = true) @JsonProperty("user_id") @Nullable UUID userId,
            @Schema(
                            nullable = true,
                            description =
                                    "Their email, or else your own name for them; null when they are gone.")
                    @Nullable String user,
            @Schema(
                            nullable = true,
                            description = "The API key that it came with; null after a login.")
                    @JsonProperty("api_key_id")
                    @Nullable UUID apiKeyId,
            @Schema(nullable = true, description = "Its name; null when it is revoked.")
                    @JsonProperty("api_key")
                    @Nullable String apiKey) {
        static SenderAnswer of(AcceptedBy by) {
            return new SenderAnswer(
                    by.user().orElse(null),
                    by.userName().orElse(null),
                    by.key().orElse(null),
                    by.keyName().orElse(null));
        }
    }

    @Schema(name = "EmailRecipient")
    record RecipientAnswer(
            @Schema(nullable = true) @Nullable Integer code,
            @Schema(enumeration = {"to", "cc", "bcc"}) String kind,
            @Schema(nullable = true, description = "What the server said.") @Nullable String reply,
            @Schema(enumeration = {"open", "accepted", "refused", "unknown", "canceled"})
                    String state,
            String address,
            @Schema(description = "As its sender wrote it, perhaps with a name.") String written,
            @Schema(nullable = true) @JsonProperty("enhanced_code") @Nullable String enhancedCode) {
        static RecipientAnswer of(EmailRows.RecipientRow row) {
            return new RecipientAnswer(
                    row.code(),
                    row.kind(),
                    row.reply(),
                    row.state(),
                    row.address(),
                    row.written(),
                    row.enhancedCode());
        }
    }

    @Schema(name = "EmailAttempt")
    record AttemptAnswer(
            @Schema(nullable = true) @Nullable String tls,
            @Schema(nullable = true) @Nullable Integer code,
            @Schema(nullable = true) @Nullable String reply,
            int number,
            @Schema(nullable = true) @Nullable String server,
            String outcome,
            @JsonProperty("begun_at") String begunAt,
            @JsonProperty("ended_at") String endedAt,
            @Schema(nullable = true) @JsonProperty("enhanced_code") @Nullable String enhancedCode) {
        static AttemptAnswer of(EmailRows.AttemptRow row) {
            return new AttemptAnswer(
                    row.tls(),
                    row.code(),
                    row.reply(),
                    row.number(),
                    row.server(),
                    row.outcome(),
                    MILLIS.format(row.begunAt()),
                    MILLIS.format(row.endedAt()),
                    row.enhancedCode());
        }
    }

    static EmailAnswer of(Emails.FoundEmail email) {
        var row = email.row();
        var content = email.content();
        return new EmailAnswer(
                "email",
                row.id(),
                row.messageId(),
                row.from(),
                addresses(row.recipients(), "to"),
                addresses(row.recipients(), "cc"),
                addresses(row.recipients(), "bcc"),
                row.replyTo(),
                row.subject(),
                content.html().orElse(null),
                content.text().orElse(null),
                time(row.createdAt()),
                row.scheduledAt().map(EmailAnswer::time).orElse(null),
                LastEvent.of(row.state(), row.attempts()),
                tags(row.tags()),
                row.state().text(),
                row.reason().isEmpty() ? null : row.reason(),
                row.waiting().map(WaitingAnswer::of).orElse(null),
                row.mailboxId(),
                row.providerIds().map(ProviderIds::message).orElse(null),
                row.providerIds().flatMap(ProviderIds::thread).orElse(null),
                priority(row.priority()),
                row.onUnknown().text(),
                row.dueAt().map(EmailAnswer::time).orElse(null),
                row.finishedAt().map(EmailAnswer::time).orElse(null),
                SenderAnswer.of(email.by()),
                row.recipients().stream().map(RecipientAnswer::of).toList(),
                email.attempts().stream().map(AttemptAnswer::of).toList(),
                email.changes().stream().map(ChangeAnswer::of).toList());
    }

    static List<String> addresses(List<EmailRows.RecipientRow> recipients, String kind) {
        return recipients.stream()
                .filter(recipient -> recipient.kind().equals(kind))
                .map(EmailRows.RecipientRow::written)
                .toList();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream().map(tag -> new Tag(tag.getKey(), tag.getValue())).toList();
    }

    /** Who waits for an email goes before high. */
    static String priority(int rank) {
        return switch (rank) {
            case 0, 1 -> "high";
            case 2 -> "normal";
            default -> "low";
        };
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
