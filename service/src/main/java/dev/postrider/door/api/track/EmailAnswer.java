package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.store.find.Emails;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
                        description = "At most its first MiB; the message itself has all of it.")
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
                                "What it waits for; null when it is just being sent or has ended.")
                @Nullable WaitingAnswer waiting,
        @JsonProperty("mailbox_id") UUID mailboxId,
        @Schema(enumeration = {"high", "normal", "low"}) String priority,
        @Schema(enumeration = {"resend", "report"}) @JsonProperty("on_unknown") String onUnknown,
        @Schema(
                        nullable = true,
                        description = "When the next attempt is due; null when there is none.")
                @JsonProperty("next_attempt_at")
                @Nullable String nextAttemptAt,
        @Schema(nullable = true) @JsonProperty("finished_at") @Nullable String finishedAt,
        @Schema(implementation = RecipientAnswer[].class) JsonNode recipients,
        @Schema(implementation = AttemptAnswer[].class) JsonNode attempts) {

    @Schema(name = "SentEmailTag")
    record Tag(String name, String value) {}

    /** Describes a recipient, whose JSON comes from the database. */
    @Schema(name = "EmailRecipient")
    record RecipientAnswer(
            String address,
            @Schema(description = "As its sender wrote it, perhaps with a name.") String written,
            @Schema(enumeration = {"to", "cc", "bcc"}) String kind,
            @Schema(enumeration = {"open", "accepted", "refused", "unknown", "canceled"})
                    String state,
            @Schema(nullable = true) @Nullable Integer code,
            @Schema(nullable = true) @JsonProperty("enhanced_code") @Nullable String enhancedCode,
            @Schema(nullable = true, description = "What the server said.")
                    @Nullable String reply) {}

    /** Describes an attempt, whose JSON comes from the database. */
    @Schema(name = "EmailAttempt")
    record AttemptAnswer(
            int number,
            @JsonProperty("begun_at") String begunAt,
            @JsonProperty("ended_at") String endedAt,
            String outcome,
            @Schema(nullable = true) @Nullable String server,
            @Schema(nullable = true) @Nullable String tls,
            @Schema(nullable = true) @Nullable Integer code,
            @Schema(nullable = true) @JsonProperty("enhanced_code") @Nullable String enhancedCode,
            @Schema(nullable = true) @Nullable String reply) {}

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
                texts(row.replyTo()),
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
                priority(row.priority()),
                row.onUnknown().text(),
                row.dueAt().map(EmailAnswer::time).orElse(null),
                row.finishedAt().map(EmailAnswer::time).orElse(null),
                row.recipients(),
                email.attempts());
    }

    static List<String> addresses(JsonNode recipients, String kind) {
        return recipients
                .valueStream()
                .filter(recipient -> recipient.path("kind").textValue().equals(kind))
                .map(recipient -> recipient.path("written").textValue())
                .toList();
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }

    static List<Tag> tags(JsonNode tags) {
        return tags.properties().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue().textValue()))
                .toList();
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
