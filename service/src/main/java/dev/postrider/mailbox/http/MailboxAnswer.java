package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Used;
import dev.postrider.transport.OwnLimits;
import dev.postrider.transport.Provider;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.smtp.KnownProviders;
import dev.postrider.transport.smtp.KnownServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A mailbox as the API shows it: never with its password. */
@Schema(name = "Mailbox")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailboxAnswer(
        @Schema(examples = "mailbox") String object,
        UUID id,
        @Schema(description = "Whose it is.") @JsonProperty("user_id") @Nullable UUID userId,
        @Schema(examples = "ann@example.org") String address,
        @Schema(examples = "Ann Example") @JsonProperty("display_name")
                @Nullable String displayName,
        @Schema(enumeration = {"smtp", "sandbox"}) String provider,
        @Nullable SmtpAnswer smtp,
        @Schema(enumeration = {"active", "held", "paused"}) String state,
        @Schema(description = "Why it doesn't send, and what to do.") @Nullable String reason,
        @Schema(
                        description = "What its provider wants of a login.",
                        examples = "Gmail takes an app password, not the account's own.")
                @Nullable String note,
        @Schema(description = "Whether it sends for its user when no mailbox is named.")
                @JsonProperty("default")
                boolean isDefault,
        @Schema(description = "What other addresses it may send as.") List<String> aliases,
        LimitsAnswer limits,
        @JsonProperty("effective_limits") EffectiveAnswer effectiveLimits,
        @JsonProperty("used_24h") UsedAnswer used,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("updated_at") Instant updatedAt) {

    MailboxAnswer {
        aliases = List.copyOf(aliases);
    }

    /** Its server. */
    @Schema(name = "MailboxServer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SmtpAnswer(
            @Schema(examples = "mail.example.org") String host,
            @Schema(examples = "587") int port,
            @Schema(enumeration = {"starttls", "implicit", "none"}) String tls,
            @Schema(description = "Absent when it needs no login.") @Nullable String username,
            @Schema(description = "The private authority of its certificate, as PEM.")
                    @Nullable String ca) {}

    /** OwnLimits of its own. */
    @Schema(name = "MailboxLimits", description = "What is absent is as its provider has it.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitsAnswer(
            @JsonProperty("messages_per_minute") @Nullable Integer messagesPerMinute,
            @JsonProperty("messages_per_day") @Nullable Integer messagesPerDay,
            @JsonProperty("recipients_per_day") @Nullable Integer recipientsPerDay,
            @Nullable Integer connections) {
        static LimitsAnswer of(OwnLimits limits) {
            return new LimitsAnswer(
                    limits.messagesPerMinute().orElse(null),
                    limits.messagesPerDay().orElse(null),
                    limits.recipientsPerDay().orElse(null),
                    limits.connections().orElse(null));
        }
    }

    /** What it is held to. */
    @Schema(
            name = "MailboxEffectiveLimits",
            description =
                    "Its own limits, or else its provider's: what it is held to. What is absent has"
                            + " no limit. Days are the last 24 hours, as in used_24h.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EffectiveAnswer(
            @JsonProperty("messages_per_minute") @Nullable Integer messagesPerMinute,
            @JsonProperty("messages_per_day") @Nullable Integer messagesPerDay,
            @JsonProperty("recipients_per_day") @Nullable Integer recipientsPerDay,
            int connections) {
        static EffectiveAnswer of(SendingLimits limits) {
            return new EffectiveAnswer(
                    limits.messagesPerMinute().orElse(null),
                    limits.messagesPerDay().orElse(null),
                    limits.recipientsPerDay().orElse(null),
                    limits.connections());
        }
    }

    /** How far into its limits it is. */
    @Schema(name = "MailboxUse", description = "What it has sent within the last 24 hours.")
    record UsedAnswer(long messages, long recipients) {}

    static MailboxAnswer of(Mailbox mailbox, Used used, KnownProviders providers) {
        return new MailboxAnswer(
                "mailbox",
                mailbox.id(),
                mailbox.userId().orElse(null),
                mailbox.address(),
                mailbox.displayName().orElse(null),
                switch (mailbox.provider()) {
                    case Provider.Smtp _ -> "smtp";
                    case Provider.Sandbox _ -> "sandbox";
                },
                smtp(mailbox.provider()),
                mailbox.state().text(),
                mailbox.state().why().orElse(null),
                note(mailbox.provider(), providers),
                mailbox.conduct().isDefault(),
                mailbox.conduct().aliases(),
                LimitsAnswer.of(mailbox.conduct().limits()),
                EffectiveAnswer.of(providers.limits(mailbox)),
                new UsedAnswer(used.messages(), used.recipients()),
                mailbox.createdAt(),
                mailbox.updatedAt());
    }

    private static @Nullable SmtpAnswer smtp(Provider provider) {
        return switch (provider) {
            case Provider.Smtp(var server, var username) ->
                    new SmtpAnswer(
                            server.host(),
                            server.port(),
                            server.tls().text(),
                            username.orElse(null),
                            server.ca().orElse(null));
            case Provider.Sandbox _ -> null;
        };
    }

    private static @Nullable String note(Provider provider, KnownProviders providers) {
        return switch (provider) {
            case Provider.Smtp(var server, _) ->
                    providers.forHost(server.host()).map(KnownServer::note).orElse(null);
            case Provider.Sandbox _ -> null;
        };
    }
}
