package dev.postrider.mailbox.view;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.identity.user.UserNames;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.health.DayUsage;
import dev.postrider.mailbox.health.MailboxHealth;
import dev.postrider.transport.LimitOverrides;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.api.ApiSettings;
import dev.postrider.transport.smtp.ServerAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;

/** A mailbox as the API and its events show it: never with its password. */
@Schema(
        name = "Mailbox",
        properties = {
            @SchemaProperty(
                    name = "smtp",
                    implementation = ServerAnswer.class,
                    description = "Its server, with the provider smtp."),
            @SchemaProperty(
                    name = "gmail",
                    implementation = ApiSettings.class,
                    description = "With the provider gmail."),
            @SchemaProperty(
                    name = "microsoft",
                    implementation = ApiSettings.class,
                    description = "With the provider microsoft.")
        })
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailboxAnswer(
        @Schema(examples = "mailbox") String object,
        UUID id,
        @Schema(description = "Its owner.") @JsonProperty("user_id") @Nullable UUID userId,
        @Schema(description = "What your application calls its owner.") @JsonProperty("external_id")
                @Nullable String externalId,
        @Schema(
                        description =
                                "What its owner logs in with; absent for your application's own user.")
                @JsonProperty("user_email")
                @Nullable String userEmail,
        @Schema(examples = "ann@example.org") String address,
        @Schema(examples = "Ann Example") @JsonProperty("display_name")
                @Nullable String displayName,
        @Schema(enumeration = {"smtp", "sandbox", "gmail", "microsoft"}) String provider,
        @Schema(hidden = true) @JsonIgnore Map<String, Object> settings,
        @Schema(enumeration = {"active", "held", "paused"}) String state,
        @Schema(description = "Why it doesn't send, and what to do.") @Nullable String reason,
        @Schema(
                        description =
                                "Why it is held, for programs: login_refused, grant_revoked,"
                                        + " credentials_unreadable and others; new ones may come.",
                        examples = "login_refused")
                @JsonProperty("reason_code")
                @Nullable String reasonCode,
        @Schema(description = "Since when its state is so.") @JsonProperty("state_since")
                Instant since,
        @Schema(
                        description =
                                "How many emails it has still to send; counted up to 10000, and up to 1000"
                                        + " for each mailbox of a list.")
                long waiting,
        @Schema(description = "Why an active mailbox sends nothing for a while, by itself.")
                @Nullable RestAnswer rest,
        @Nullable GrantAnswer grant,
        @Schema(
                        description = "What its provider requires for a login.",
                        examples = "Gmail takes an app password, not the account's own.")
                @Nullable String note,
        @Schema(description = "Whether it sends for its user when no mailbox is named.")
                @JsonProperty("default")
                boolean isDefault,
        @Schema(description = "What other addresses it may send as.") List<String> aliases,
        LimitsAnswer limits,
        @JsonProperty("effective_limits") EffectiveAnswer effectiveLimits,
        @JsonProperty("used_24h") UsedAnswer used,
        @Schema(
                        description =
                                "When an email was last sent, among the 200 of it that ended last; 20"
                                        + " for each mailbox of a list.")
                @JsonProperty("last_sent_at")
                @Nullable Instant lastSentAt,
        @Schema(
                        description =
                                "When an email was last refused, failed or ended unknown, among the"
                                        + " same.")
                @JsonProperty("last_failed_at")
                @Nullable Instant lastFailedAt,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("updated_at") Instant updatedAt) {

    public MailboxAnswer {
        aliases = List.copyOf(aliases);
        settings = Map.copyOf(settings);
    }

    /** What its kind of transport shows, under the kind's name. */
    @JsonAnyGetter
    @Schema(hidden = true)
    Map<String, Object> shown() {
        return settings;
    }

    /** Limits of its own. */
    @Schema(name = "MailboxLimits", description = "An absent limit is the provider's.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LimitsAnswer(
            @JsonProperty("messages_per_minute") @Nullable Integer messagesPerMinute,
            @JsonProperty("messages_per_day") @Nullable Integer messagesPerDay,
            @JsonProperty("recipients_per_day") @Nullable Integer recipientsPerDay,
            @Nullable Integer connections) {
        static LimitsAnswer of(LimitOverrides limits) {
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
                    "The limits that apply: its own, or else its provider's; an absent one"
                            + " doesn't apply. A day is the last 24 hours, as in used_24h.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EffectiveAnswer(
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

    /** Why it sends nothing for a while. */
    @Schema(name = "MailboxRest")
    public record RestAnswer(
            @Schema(
                            enumeration = {"limit", "server"},
                            description = "A limit is reached, or its server can't be reached.")
                    String cause,
            @Schema(description = "Then it goes on by itself.") Instant until,
            @Schema(description = "In words, the server's where it spoke.") String reason) {
        static RestAnswer of(MailboxHealth.Rest rest) {
            return new RestAnswer(
                    rest.isServerAway() ? "server" : "limit", rest.until(), rest.reason());
        }
    }

    /** How far into its limits it is. */
    @Schema(name = "MailboxUse", description = "What it has sent within the last 24 hours.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record UsedAnswer(
            long messages,
            long recipients,
            @Schema(
                            description =
                                    "Messages of the last minute, or up to one minute more: use is"
                                            + " counted by the minute.")
                    @JsonProperty("messages_last_minute")
                    long lastMinute,
            @Schema(
                            description =
                                    "When the oldest of it no longer counts; absent when nothing was"
                                            + " sent.")
                    @JsonProperty("eases_at")
                    @Nullable Instant easesAt) {
        static UsedAnswer of(DayUsage used) {
            return new UsedAnswer(
                    used.messages(),
                    used.recipients(),
                    used.lastMinute(),
                    used.easesAt().orElse(null));
        }
    }

    public static MailboxAnswer of(Mailbox mailbox, MailboxHealth health) {
        return of(mailbox, health, Map.of());
    }

    /**
     * @param owners how users are called, as far as they are known
     */
    public static MailboxAnswer of(
            Mailbox mailbox, MailboxHealth health, Map<UUID, UserNames> owners) {
        var transport = mailbox.transport();
        var owner = mailbox.userId().map(owners::get);
        return new MailboxAnswer(
                "mailbox",
                mailbox.id(),
                mailbox.userId().orElse(null),
                owner.flatMap(UserNames::externalId).orElse(null),
                owner.flatMap(UserNames::email).orElse(null),
                mailbox.address(),
                mailbox.displayName().orElse(null),
                transport.kind(),
                transport.shown().map(each -> Map.of(transport.kind(), each)).orElse(Map.of()),
                mailbox.state().text(),
                mailbox.state().why().orElse(null),
                mailbox.state().code().orElse(null),
                mailbox.since(),
                health.waiting(),
                health.rest().map(RestAnswer::of).orElse(null),
                health.grant().map(GrantAnswer::of).orElse(null),
                transport.note().orElse(null),
                mailbox.options().isDefault(),
                mailbox.options().aliases(),
                LimitsAnswer.of(mailbox.options().limits()),
                EffectiveAnswer.of(mailbox.limits()),
                UsedAnswer.of(health.used()),
                health.latest().sentAt().orElse(null),
                health.latest().failedAt().orElse(null),
                mailbox.createdAt(),
                mailbox.updatedAt());
    }
}
