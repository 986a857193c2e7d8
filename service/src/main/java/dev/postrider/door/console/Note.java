package dev.postrider.door.console;

import java.util.Map;
import java.util.Optional;

/** What was done, told on the page after: fixed texts, so that no link puts words in our mouth. */
final class Note {
    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("signed_out", "You are signed out."),
                    Map.entry("saved", "Saved."),
                    Map.entry("created", "Created."),
                    Map.entry("removed", "Removed."),
                    Map.entry("email_retried", "It is sent again now."),
                    Map.entry("email_canceled", "It is canceled, and won't be sent."),
                    Map.entry("email_moved", "It waits in its new mailbox now."),
                    Map.entry("emails_changed", "Done."),
                    Map.entry("mailbox_paused", "The mailbox is paused: its emails wait."),
                    Map.entry("mailbox_resumed", "The mailbox sends again."),
                    Map.entry("mailbox_connected", "The mailbox is connected."),
                    Map.entry("link_revoked", "The link leads nowhere any more."),
                    Map.entry("webhook_enabled", "The webhook is enabled: it is told again."),
                    Map.entry("webhook_disabled", "The webhook is disabled: it gets no calls."),
                    Map.entry("secret_ended", "Only the new secret is valid now."),
                    Map.entry("replayed", "It is on its way once more."),
                    Map.entry("key_revoked", "The key is revoked: whoever uses it is refused."),
                    Map.entry("user_deactivated", "They are signed out, and can't sign in."),
                    Map.entry("user_activated", "They can sign in again."),
                    Map.entry(
                            "password_changed",
                            "Your password is changed, and all your sessions have ended. Sign in with"
                                    + " the new one."),
                    Map.entry("password_chosen", "Your password is chosen. Sign in with it."),
                    Map.entry(
                            "mailbox_untried",
                            "The mailbox is connected, but logging in didn't work. Verify now says"
                                    + " why."));

    private Note() {}

    /** Of the parameter {@code note}. */
    static Optional<String> text(String key) {
        return Optional.ofNullable(TEXTS.get(key));
    }
}
