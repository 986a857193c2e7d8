package dev.postrider.http;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads ids in paths and queries. */
public final class Id {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Id() {}

    /** In the one form that has all its digits, which the JDK's reader doesn't insist on. */
    public static Optional<UUID> parse(String text) {
        var id = text.toLowerCase(Locale.ROOT);
        return UUID_TEXT.matcher(id).matches()
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }
}
