package dev.postrider.identity.issuer;

/** What a token turned out to be. */
public sealed interface IssuerTokenCheck {
    record Good(Subject subject) implements IssuerTokenCheck {}

    /**
     * A token to refuse.
     *
     * @param reason a sentence for its sender, of the characters that RFC 6750, 3 allows
     */
    record Bad(String reason) implements IssuerTokenCheck {}

    /** No configured issuer made it. */
    record Foreign() implements IssuerTokenCheck {}

    /** Its issuer doesn't answer just now. */
    record Unavailable(String reason) implements IssuerTokenCheck {}
}
