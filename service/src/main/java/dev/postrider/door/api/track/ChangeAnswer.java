package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.store.find.EmailChange;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody did with an email. Every key is always there. */
@Schema(
        name = "EmailChange",
        description =
                "What somebody did with it, and who; names are those of now, null for who or what is gone.")
record ChangeAnswer(
        String at,
        @Schema(enumeration = {"retried", "rescheduled", "moved", "canceled"}) String change,
        @JsonProperty("user_id") UUID userId,
        @Schema(nullable = true, description = "Their email, or else your own name for them.")
                @Nullable String user,
        @Schema(nullable = true, description = "The API key that it came with; null after a login.")
                @JsonProperty("api_key_id")
                @Nullable UUID apiKeyId,
        @Schema(nullable = true, description = "Its name.") @JsonProperty("api_key")
                @Nullable String apiKey,
        @Schema(nullable = true, description = "Moved: the mailbox in which it waited.")
                @JsonProperty("from_mailbox_id")
                @Nullable UUID fromMailboxId,
        @Schema(nullable = true, description = "Its address.") @JsonProperty("from_mailbox")
                @Nullable String fromMailbox,
        @Schema(nullable = true, description = "Moved: the mailbox that sends it instead.")
                @JsonProperty("to_mailbox_id")
                @Nullable UUID toMailboxId,
        @Schema(nullable = true, description = "Its address.") @JsonProperty("to_mailbox")
                @Nullable String toMailbox,
        @Schema(nullable = true, description = "Rescheduled: to when.")
                @JsonProperty("scheduled_at")
                @Nullable String scheduledAt) {
    static ChangeAnswer of(EmailChange change) {
        return new ChangeAnswer(
                EmailAnswer.time(change.at()),
                change.change(),
                change.userId(),
                change.user(),
                change.keyId(),
                change.key(),
                change.fromMailbox(),
                change.fromAddress(),
                change.toMailbox(),
                change.toAddress(),
                change.scheduledAt() == null ? null : EmailAnswer.time(change.scheduledAt()));
    }
}
