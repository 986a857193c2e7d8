package dev.postrider.identity.apikey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.identity.apikey.ApiKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key without its secret. */
@Schema(name = "ApiKey")
record ApiKeyAnswer(
        UUID id,
        String name,
        @Schema(enumeration = {"full_access", "sending_access"}) String permission,
        @Schema(nullable = true) @JsonProperty("mailbox_id") @Nullable UUID mailboxId,
        @Schema(
                        nullable = true,
                        examples = "ann@example.org",
                        description = "Of the only mailbox that it may use.")
                @JsonProperty("mailbox_address")
                @Nullable String mailboxAddress,
        @Schema(description = "Who made it, and for whom it acts.") @JsonProperty("user_id")
                UUID userId,
        @Schema(nullable = true, description = "What they log in with.") @JsonProperty("user_email")
                @Nullable String userEmail,
        @JsonProperty("per_second") int perSecond,
        @JsonProperty("created_at") String createdAt,
        @Schema(nullable = true, description = "To the minute.") @JsonProperty("last_used_at")
                @Nullable String lastUsedAt) {
    static ApiKeyAnswer of(ApiKeys.Listed key) {
        return new ApiKeyAnswer(
                key.id(),
                key.name(),
                key.permission().text(),
                key.mailboxId().orElse(null),
                key.mailboxAddress().orElse(null),
                key.userId(),
                key.userEmail().orElse(null),
                key.perSecond(),
                time(key.createdAt()),
                key.lastUsedAt().map(ApiKeyAnswer::time).orElse(null));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
