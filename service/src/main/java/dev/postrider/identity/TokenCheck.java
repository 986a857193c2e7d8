package dev.postrider.identity;

/** What a bearer token turned out to be. */
public sealed interface TokenCheck {
    record Good(Caller caller) implements TokenCheck {}

    /**
     * A token to refuse.
     *
     * @param reason a sentence for its sender, of the characters that RFC 6750, 3 allows
     */
    record Bad(String reason) implements TokenCheck {}

    /**
     * Nobody can tell just now.
     *
     * @param reason a sentence for its sender
     */
    record Unavailable(String reason) implements TokenCheck {}
}
