package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /mailboxes} takes, for the API's description; {@link Fields} reads it. */
@Schema(name = "ConnectMailboxEndpoint")
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
                        description = "A sandbox keeps what it sends, to be looked at.")
                String provider,
        @Nullable Smtp smtp,
        @Schema(description = "Whether it sends for you when no mailbox is named.")
                @JsonProperty("default")
                @Nullable Boolean isDefault,
        @Schema(
                        description = "What other addresses it may send as.",
                        examples = "[\"sales@example.org\"]")
                @Nullable List<String> aliases,
        @Schema(description = "What is left out is as its provider has it.")
                @Nullable LimitsRequest limits) {

    /** OwnLimits of its own. */
    @Schema(name = "ConnectLimits")
    record LimitsRequest(
            @Schema(minimum = "1") @JsonProperty("messages_per_minute")
                    @Nullable Integer messagesPerMinute,
            @Schema(minimum = "1") @JsonProperty("messages_per_day")
                    @Nullable Integer messagesPerDay,
            @Schema(minimum = "1") @JsonProperty("recipients_per_day")
                    @Nullable Integer recipientsPerDay,
            @Schema(minimum = "1", maximum = "50") @Nullable Integer connections) {}

    /** The server and the login. */
    @Schema(name = "ConnectServer", description = "For the provider smtp.")
    record Smtp(
            @Schema(
                            examples = "mail.example.org",
                            description =
                                    "May be left out, with port and tls, where the address's provider"
                                            + " is known (Gmail, Yahoo, iCloud and others).")
                    @Nullable String host,
            @Schema(minimum = "1", maximum = "65535", examples = "587") @Nullable Integer port,
            @Schema(
                            enumeration = {"starttls", "implicit", "none"},
                            description =
                                    "none only for servers that the operator lists in"
                                            + " POSTRIDER_OUTBOUND_ALLOW.")
                    @Nullable String tls,
            @Schema(
                            maxLength = 320,
                            description =
                                    "The address when there is only a password. Without both"
                                            + " there is no login.")
                    @Nullable String username,
            @Schema(
                            maxLength = 1024,
                            writeOnly = true,
                            description = "Kept sealed; no answer ever has it.")
                    @Nullable String password,
            @Schema(
                            maxLength = 65536,
                            description =
                                    "A private authority that the server's certificate must come"
                                            + " from, as PEM; empty for none.")
                    @Nullable String ca) {
        @Override
        public String toString() {
            return "Smtp[" + host + "]";
        }
    }
}
