package dev.postrider.mime.compose;

/**
 * One thing that keeps a message from being composed or accepted.
 *
 * @param field the field as the caller named it: {@code subject}, {@code to[2]}, {@code
 *     headers[X-Ref]}, {@code attachments[0].filename}
 * @param kind a stable classification
 * @param reason a sentence for the caller: what is wrong and what to do
 */
public record Flaw(String field, Kind kind, String reason) {
    public enum Kind {
        /** Something needed isn't there. */
        MISSING,
        /** CR, LF, NUL or another control character where it could forge a header. */
        CONTROL_CHARACTER,
        /** Half a surrogate pair, which no UTF-8 can say. */
        NO_TEXT,
        /** Longer than the field can hold. */
        TOO_LONG,
        /** More fields, addresses, parts or levels than are taken. */
        TOO_MANY,
        /** Not of the form that the field needs. */
        MALFORMED,
        /** A header that callers can't set. */
        FORBIDDEN,
        /** Readers would find different authors in it, or none. */
        AMBIGUOUS,
        /** It names somebody else than the author, whom alone the caller may send as. */
        FOREIGN,
        /** Two fields say the same thing, or contradict each other. */
        CONFLICT
    }
}
