package dev.postrider.door.console.mailboxes;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param here the page itself, for what is looked at again and again
 * @param waiting how many emails wait, in words; empty for none
 * @param eases when the oldest of the day's use no longer counts
 * @param verified what a trial has shown, if one was just made
 * @param link where its user connects it again, shown this once
 * @param kept what a sandbox keeps; empty for one that is none
 */
public record MailboxPage(
        String formToken,
        String here,
        String id,
        String address,
        Standing standing,
        boolean isPaused,
        Kind kind,
        List<UsageBar> usage,
        String connections,
        @Nullable Moment eases,
        String waiting,
        Facts facts,
        @Nullable Server server,
        @Nullable Grant grant,
        @Nullable Verified verified,
        @Nullable NewLink link,
        @Nullable SandboxMessages kept,
        Filled filled) {
    public MailboxPage {
        usage = List.copyOf(usage);
    }

    /** What can be done with it. */
    public enum Kind {
        SMTP,
        SANDBOX,
        CONSENT;

        static Kind of(String provider) {
            return switch (provider) {
                case "smtp" -> SMTP;
                case "sandbox" -> SANDBOX;
                case String _ -> CONSENT;
            };
        }
    }

    /** The encryption that is chosen. */
    public String tls() {
        var chosen = filled.value("smtp.tls");
        return chosen.isEmpty() && server != null ? server.tls() : chosen;
    }

    public boolean isSmtp() {
        return kind == Kind.SMTP;
    }

    public boolean isSandbox() {
        return kind == Kind.SANDBOX;
    }

    /** What is known of it. */
    public record Facts(
            String provider,
            String owner,
            String displayName,
            boolean isDefault,
            String aliases,
            String note,
            @Nullable Moment lastSent,
            @Nullable Moment lastFailed,
            Moment created) {}

    /** Its submission server. */
    public record Server(String host, String port, String tls, String tlsText, String username) {}

    /** What its user has allowed. */
    public record Grant(
            String account,
            String app,
            String tier,
            Moment granted,
            Moment refreshed,
            @Nullable Moment ends,
            String problem) {}

    /**
     * What a trial has shown.
     *
     * @param lines what the server can do
     */
    public record Verified(boolean isGood, String problem, String warning, List<Fact> lines) {
        public Verified {
            lines = List.copyOf(lines);
        }
    }

    public record Fact(String name, String text) {}

    /** A link that is shown once. */
    public record NewLink(String url, Moment expires) {}

    /** What a sandbox keeps, newest first. */
    public record SandboxMessages(
            List<Message> messages, @Nullable String newer, @Nullable String older) {
        public SandboxMessages {
            messages = List.copyOf(messages);
        }
    }

    public record Message(String id, String subject, String to, Moment at, String size) {}
}
