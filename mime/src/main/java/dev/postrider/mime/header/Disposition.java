package dev.postrider.mime.header;

/** How a reader is asked to show a file (RFC 2183 section 2). */
public enum Disposition {
    /** Shown where the HTML refers to it by {@code cid:}, or below the text. */
    INLINE("inline"),
    ATTACHMENT("attachment");

    private final String token;

    Disposition(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }
}
