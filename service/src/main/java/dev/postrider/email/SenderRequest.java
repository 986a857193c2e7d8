package dev.postrider.email;

import java.util.Locale;

/** What its sender has asked for while nobody knew whether an email was sent. */
public enum SenderRequest {
    /** Nothing more is sent; it is only found out whether it was. */
    CANCEL,
    /** It is sent once more, whatever {@code on_unknown} says, unless it is found to be sent. */
    RETRY;

    /** As it stands in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SenderRequest of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
