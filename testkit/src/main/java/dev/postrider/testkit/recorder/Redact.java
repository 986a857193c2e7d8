package dev.postrider.testkit.recorder;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Takes out of a text what isn't to be printed: secrets that it was told, addresses, and whatever
 * looks like a token or an id. Safe for concurrent use.
 */
public final class Redact {
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]*[A-Za-z0-9]");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9_+/=.~-]{20,}");

    /** A GUID, or hexadecimal digits as Gmail's ids are. */
    private static final Pattern ID =
            Pattern.compile(
                    "\\b([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{12,19})\\b");

    /** The longest first: one may be a part of another. */
    private final Set<String> secrets =
            new ConcurrentSkipListSet<>(
                    Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));

    /** Never to be printed. */
    public Redact secret(String text) {
        if (!text.isBlank()) {
            secrets.add(text);
        }
        return this;
    }

    /** An address, by itself and by its parts. */
    public Redact address(String address) {
        return secret(address).secret(address.substring(0, address.indexOf('@')));
    }

    public String text(String text) {
        var redacted = text;
        for (var secret : secrets) {
            redacted = redacted.replace(secret, "‹redacted›");
        }
        redacted = ADDRESS.matcher(redacted).replaceAll("‹address›");
        redacted = ID.matcher(redacted).replaceAll("‹id›");
        return LONG.matcher(redacted)
                .replaceAll(match -> isWord(match.group()) ? match.group() : "‹…›");
    }

    /** Codes and scopes are long, too: they have no digits and aren't of all kinds of letters. */
    private static boolean isWord(String text) {
        return text.matches("[A-Za-z._/-]+") || text.matches("https?://.*");
    }
}
