package dev.postrider.installation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the installation is doing and how it is set. */
@Schema(name = "Installation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record InstallationAnswer(
        @Schema(examples = "installation") String object,
        @Schema(examples = "0.1.0", description = "Of the node that answers.") String version,
        @Schema(description = "The node that answers.") String node,
        @Schema(description = "When the figures were read; a few seconds ago at most.")
                @JsonProperty("read_at")
                Instant readAt,
        @Schema(
                        examples = "https://mail.example.com",
                        description =
                                "Where clients and browsers reach it; absent when nobody has said so,"
                                        + " which connect links need.")
                @JsonProperty("public_url")
                @Nullable String publicUrl,
        @Schema(
                        description =
                                "Whether `POSTRIDER_PUBLIC_URL` says so: then it can't be changed here.")
                @JsonProperty("public_url_fixed")
                boolean publicUrlFixed,
        @Schema(description = "Those that were seen within a day.") List<NodeAnswer> nodes,
        LanesAnswer lanes,
        @Schema(
                        description =
                                "The data keys that seal secrets, the oldest first. Never the keys"
                                        + " themselves.")
                List<KeyAnswer> keys,
        DatabaseAnswer database,
        RetentionAnswer retention,
        @Schema(description = "Your apps at Google and Microsoft.") @JsonProperty("provider_apps")
                List<AppAnswer> providerApps,
        @Schema(description = "How users may sign in.") @JsonProperty("sign_in")
                List<SignInAnswer> signIn) {
    InstallationAnswer {
        nodes = List.copyOf(nodes);
        keys = List.copyOf(keys);
        providerApps = List.copyOf(providerApps);
        signIn = List.copyOf(signIn);
    }

    @Schema(name = "InstallationNode")
    record NodeAnswer(
            @Schema(description = "`POSTRIDER_NODE`, or host and process.") String name,
            @Schema(
                            description =
                                    "When it last said that it lives, which it does every few seconds.")
                    @JsonProperty("seen_at")
                    Instant seenAt,
            @Schema(description = "Mailboxes whose queues it serves now.") long lanes) {}

    /** Mailboxes' queues. */
    @Schema(
            name = "InstallationLanes",
            description = "The queues of all mailboxes; each figure is counted up to 100,000.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LanesAnswer(
            @Schema(description = "Mailboxes with mail to be sent, now or later.") long waiting,
            @Schema(description = "Those whose mail is due now.") long due,
            @Schema(
                            description =
                                    "Active ones whose mail has been due for a minute and that no node"
                                            + " serves: nodes are missing, or have no room.")
                    long unserved,
            @Schema(description = "Since when the first of these is due.")
                    @JsonProperty("unserved_since")
                    @Nullable Instant unservedSince) {}

    @Schema(name = "InstallationKey")
    record KeyAnswer(
            long id,
            @JsonProperty("created_at") Instant createdAt,
            @Schema(description = "Whether what is new is sealed with it.") boolean current,
            @Schema(description = "The ids of the master keys that open it.")
                    @JsonProperty("master_keys")
                    List<Long> masterKeys,
            @Schema(description = "Mailboxes' credentials that it seals, up to 100,000.")
                    long credentials,
            @Schema(description = "All else that it seals, such as secrets of webhooks.")
                    long others) {
        KeyAnswer {
            masterKeys = List.copyOf(masterKeys);
        }
    }

    @Schema(name = "InstallationDatabase")
    record DatabaseAnswer(
            @Schema(
                            enumeration = {"embedded", "own"},
                            description = "`own`: the one of `POSTRIDER_DATABASE_URL`.")
                    String kind,
            @Schema(examples = "18.1") String version,
            @Schema(description = "On disk.") long octets,
            @Schema(description = "The largest, with their indexes.") List<TableAnswer> tables) {
        DatabaseAnswer {
            tables = List.copyOf(tables);
        }
    }

    @Schema(name = "InstallationTable")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TableAnswer(
            @Schema(examples = "email") String name,
            @Schema(
                            description =
                                    "About so many, by the server's own estimate; absent when it has"
                                            + " none yet.")
                    @Nullable Long rows,
            long octets) {}

    @Schema(name = "InstallationRetention", description = "How long things are kept.")
    record RetentionAnswer(
            @Schema(description = "Messages of finished emails.") @JsonProperty("content_seconds")
                    long contentSeconds,
            @Schema(description = "All else of finished emails, and events.")
                    @JsonProperty("history_seconds")
                    long historySeconds,
            @Schema(description = "Entries of the audit log.") @JsonProperty("audit_seconds")
                    long auditSeconds) {}

    @Schema(name = "InstallationApp")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AppAnswer(
            @Schema(enumeration = {"google", "microsoft"}) String provider,
            @Schema(examples = "default") String name,
            @Schema(description = "When its secret or certificate ends, as far as it is known.")
                    @JsonProperty("secret_expires")
                    @Nullable LocalDate secretExpires,
            @Schema(
                            description =
                                    "Since when its provider refuses it; its mailboxes rest meanwhile."
                                            + " Absent when it is well.")
                    @JsonProperty("failing_since")
                    @Nullable Instant failingSince,
            @Schema(description = "What its provider says.") @Nullable String problem) {}

    @Schema(name = "InstallationSignIn")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignInAnswer(
            @Schema(enumeration = {"password", "openid"}) String kind,
            @Schema(examples = "https://login.example.com/realms/acme") @Nullable String issuer) {}
}
