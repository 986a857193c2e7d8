package dev.postrider.mime.header;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields that callers can't set, and why. Names are in lower case. */
public final class ForbiddenHeaders {
    private static final String OWN_FIELD = "has a field of its own: ";
    private static final String TRACE = "is written by the servers that carry the message";
    private static final String PROOF = "is a server's own statement and would be a false one here";

    /** Forbidden names, each with the rest of the sentence "The header …". */
    public static final Map<String, String> NAMES =
            Map.ofEntries(
                    entry("from", OWN_FIELD + "from"),
                    entry("sender", OWN_FIELD + "sender"),
                    entry("to", OWN_FIELD + "to"),
                    entry("cc", OWN_FIELD + "cc"),
                    entry("bcc", "would show blind recipients; use the field bcc"),
                    entry("reply-to", OWN_FIELD + "reply_to"),
                    entry("subject", OWN_FIELD + "subject"),
                    entry("date", "is set when the email is accepted"),
                    entry("message-id", OWN_FIELD + "message_id"),
                    entry("in-reply-to", OWN_FIELD + "in_reply_to"),
                    entry("references", OWN_FIELD + "references"),
                    entry("mime-version", "describes the message's structure, which is composed"),
                    entry("return-path", TRACE),
                    entry("received", TRACE),
                    entry("received-spf", TRACE),
                    entry("delivered-to", TRACE),
                    entry("authentication-results", PROOF),
                    entry("dkim-signature", PROOF),
                    entry("domainkey-signature", PROOF));

    /** Forbidden beginnings of names, each with the rest of the sentence "The header …". */
    static final Map<String, String> PREFIXES =
            Map.of(
                    "content-", "describes the message's structure, which is composed",
                    "resent-", "says that somebody else sent the message again",
                    "arc-", PROOF,
                    "x-postrider-", "is kept for Postrider itself");

    /**
     * Forbidden in a message that the caller composed. A DKIM-Signature isn't: a false one proves
     * nothing, and whoever signs for the own domain signs before the message is handed over.
     */
    private static final Set<String> IN_RAW =
            Set.of(
                    """
                    received received-spf delivered-to authentication-results \
                    domainkey-signature\
                    """
                            .split(" ", -1));

    private static final Set<String> BEGINNINGS_IN_RAW = Set.of("resent-", "arc-", "x-postrider-");

    private ForbiddenHeaders() {}

    /** Why a name in lower case is forbidden in a raw message, in the same form. */
    public static @Nullable String reasonAgainstInRaw(String lowerName) {
        return IN_RAW.contains(lowerName)
                        || BEGINNINGS_IN_RAW.stream().anyMatch(lowerName::startsWith)
                ? reasonAgainst(lowerName)
                : null;
    }

    /** Why a name is forbidden, as the rest of the sentence "The header …", or null if it isn't. */
    public static @Nullable String reasonAgainst(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String reason = NAMES.get(lower);
        if (reason != null) {
            return reason;
        }
        return PREFIXES.entrySet().stream()
                .filter(prefix -> lower.startsWith(prefix.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
