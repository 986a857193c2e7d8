package dev.postrider.credential.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a mailbox's user is asked to allow; each has what those before it have. */
public enum Tier {
    /** To send. */
    SEND,
    /** To look into the Sent folder as well, for what became of an unknown outcome. */
    SETTLE,
    /** To read as well. */
    READ;

    /** As it stands in requests and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Tier> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
