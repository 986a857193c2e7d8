package dev.postrider.identity;

/**
 * A caller is let in on what was known of their token a moment ago, and the token is still to be
 * asked about: by what keeps emails, as it keeps them, or else before anything is answered. So a
 * token that has ended, or means less than it did, does nothing more, on any node, and a request
 * costs no round trip of its own for that. For one request.
 */
public final class Credit {
    private final OpaqueToken token;
    private volatile boolean isAsked;

    public Credit(OpaqueToken token) {
        this.token = token;
    }

    public OpaqueToken token() {
        return token;
    }

    /** Whether the token was asked about, and was good for what was known of it. */
    public boolean isAsked() {
        return isAsked;
    }

    /** The token was asked about, and its caller is as they were known. */
    public void asked() {
        isAsked = true;
    }
}
