package dev.postrider.door.console.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log's actions are called. One that isn't known here is shown as it stands. */
final class ActionWords {
    private static final Map<String, Words> WORDS = words();

    /**
     * What an action is called.
     *
     * @param infinitive to be read behind "Tried to"
     */
    private record Words(String infinitive, String past) {}

    private ActionWords() {}

    private static Map<String, Words> words() {
        var words = new LinkedHashMap<String, Words>();
        put(words, "session.opened", "sign in", "Signed in");
        put(words, "session.refused", "sign in", "Tried to sign in");
        put(words, "user.created", "add a user", "Added a user");
        put(words, "user.changed", "change a user", "Changed a user");
        put(words, "user.removed", "remove a user", "Removed a user");
        put(words, "user.password_changed", "change their password", "Changed their password");
        put(
                words,
                "user.password_ticket_made",
                "invite a user anew",
                "Made a link for choosing a password");
        put(words, "workspace.created", "make the workspace", "Made the workspace");
        put(
                words,
                "workspace.changed",
                "change the workspace's settings",
                "Changed the workspace's settings");
        put(words, "workspace.removed", "remove the workspace", "Removed the workspace");
        put(words, "mailbox.connected", "connect a mailbox", "Connected a mailbox");
        put(words, "mailbox.changed", "change a mailbox", "Changed a mailbox");
        put(words, "mailbox.verified", "try a mailbox's login", "Tried a mailbox's login");
        put(words, "mailbox.removed", "remove a mailbox", "Removed a mailbox");
        put(
                words,
                "mailbox.exported",
                "download a sandbox's message",
                "Downloaded a sandbox's message");
        put(
                words,
                "connect_link.created",
                "make a link for connecting",
                "Made a link for connecting");
        put(
                words,
                "connect_link.revoked",
                "revoke a link for connecting",
                "Revoked a link for connecting");
        put(words, "grant.revoked", "take a grant back", "Took a grant back");
        put(words, "email.read", "read an email", "Read somebody's email");
        put(words, "email.exported", "download an email", "Downloaded an email or a file");
        put(words, "email.canceled", "cancel an email", "Canceled an email");
        put(words, "email.retried", "send an email again", "Sent an email again");
        put(
                words,
                "email.moved",
                "move an email to another time or mailbox",
                "Moved an email to another time or mailbox");
        put(words, "api_key.created", "make an API key", "Made an API key");
        put(words, "api_key.changed", "change an API key", "Changed an API key");
        put(words, "api_key.deleted", "revoke an API key", "Revoked an API key");
        put(words, "webhook.created", "add a webhook", "Added a webhook");
        put(words, "webhook.changed", "change a webhook", "Changed a webhook");
        put(words, "webhook.removed", "remove a webhook", "Removed a webhook");
        put(words, "audit_log.read", "look through this log", "Looked through this log");
        put(words, "audit_log.exported", "download this log", "Downloaded this log");
        return words;
    }

    private static void put(
            Map<String, Words> words, String action, String infinitive, String past) {
        words.put(action, new Words(infinitive, past));
    }

    /** What was done, or tried. */
    static String told(String action, String outcome) {
        var words = Optional.ofNullable(WORDS.get(action));
        return outcome.equals("done")
                ? words.map(Words::past).orElse(action)
                : words.map(each -> "Tried to " + each.infinitive()).orElse(action);
    }

    /** By which beginning of its name each group of actions is looked for. */
    static List<Map.Entry<String, String>> groups() {
        return List.of(
                Map.entry("session.", "Signing in"),
                Map.entry("user.", "People"),
                Map.entry("mailbox.", "Mailboxes"),
                Map.entry("connect_link.", "Links for connecting"),
                Map.entry("grant.", "Grants"),
                Map.entry("email.", "Emails"),
                Map.entry("api_key.", "API keys"),
                Map.entry("webhook.", "Webhooks"),
                Map.entry("workspace.", "Workspace"),
                Map.entry("audit_log.", "This log"));
    }
}
