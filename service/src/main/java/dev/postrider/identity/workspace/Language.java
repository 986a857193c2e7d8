package dev.postrider.identity.workspace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the program writes to a workspace's people in. */
public enum Language {
    EN,
    DE;

    /** As it stands in requests and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Language> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
