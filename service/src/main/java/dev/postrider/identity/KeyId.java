package dev.postrider.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads ids in the one form that has all their digits, which the JDK's reader doesn't insist on.
 */
final class KeyId {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private KeyId() {}

    static Optional<UUID> parse(String text) {
        var id = text.toLowerCase(Locale.ROOT);
        return UUID_TEXT.matcher(id).matches()
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }
}
