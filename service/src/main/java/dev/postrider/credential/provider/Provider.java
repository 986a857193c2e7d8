package dev.postrider.credential.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose mailboxes can be connected by the consent of their users. */
public enum Provider {
    GOOGLE,
    MICROSOFT;

    /** As it stands in settings, requests and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Provider> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
