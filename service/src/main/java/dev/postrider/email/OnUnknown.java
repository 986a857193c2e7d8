package dev.postrider.email;

import java.util.Locale;

/** What its sender wants when nobody can say whether the server took an email. */
public enum OnUnknown {
    /** One resend of the same bytes: the recipient may get two copies with one Message-ID. */
    RESEND,
    /** No resend: the recipient may get none. */
    REPORT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OnUnknown of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
