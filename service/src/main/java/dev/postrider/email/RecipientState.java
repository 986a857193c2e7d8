package dev.postrider.email;

import java.util.Locale;

/** What became of one recipient; the database has these in a check. */
public enum RecipientState {
    /** Nothing yet. */
    OPEN,
    /** The mailbox's server took the email for them. */
    ACCEPTED,
    /** The server refused them, or the message. */
    REFUSED,
    /** Begun, and nobody can say whether the server took it. */
    UNKNOWN,
    /** Its sender canceled it before they had got it. */
    CANCELED;

    /** As it stands in the database and in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RecipientState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
