package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.transport.smtp.SmtpRequest;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /mailboxes} takes, for the API's description; {@link Fields} reads it. */
@Schema(name = "ConnectMailbox")
record ConnectRequest(
        @Schema(required = true, examples = "ann@example.org", maxLength = 320) String address,
        @Schema(
                        examples = "Ann Example",
                        maxLength = 200,
                        description = "The name that recipients see.")
                @JsonProperty("display_name")
                @Nullable String displayName,
        @Schema(
                        required = true,
                        enumeration = {"smtp", "sandbox"},
                        description = "A sandbox keeps what it sends, for you to look at.")
                String provider,
        @Schema(
                        description =
                                "For gmail and microsoft: one of the operator's apps that has access by"
                                        + " itself (a service account, application permissions). For owners and"
                                        + " admins. Without such an app their users consent: POST"
                                        + " /connect-links.",
                        examples = "workspace")
                @Nullable String app,
        @Schema(description = "With app: whose mailbox it is; left out: yours.")
                @JsonProperty("user_id")
                @Nullable UUID userId,
        @Nullable SmtpRequest smtp,
        @Schema(description = "Whether it sends for you when no mailbox is named.")
                @JsonProperty("default")
                @Nullable Boolean isDefault,
        @Schema(
                        description = "What other addresses it may send as.",
                        examples = "[\"sales@example.org\"]")
                @Nullable List<String> aliases,
        @Schema(description = "A limit that is left out is the provider's.")
                @Nullable LimitsRequest limits) {

    /** Limits of its own. */
    @Schema(name = "ConnectLimits")
    record LimitsRequest(
            @Schema(minimum = "1") @JsonProperty("messages_per_minute")
                    @Nullable Integer messagesPerMinute,
            @Schema(minimum = "1") @JsonProperty("messages_per_day")
                    @Nullable Integer messagesPerDay,
            @Schema(minimum = "1") @JsonProperty("recipients_per_day")
                    @Nullable Integer recipientsPerDay,
            @Schema(minimum = "1", maximum = "50") @Nullable Integer connections) {}
}
