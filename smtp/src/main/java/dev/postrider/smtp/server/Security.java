package dev.postrider.smtp.server;

/** How a connection is protected (RFC 8314). */
public enum Security {
    /**
     * Plain until STARTTLS, which is required: nothing but EHLO and STARTTLS leaves before it (RFC
     * 3207).
     */
    STARTTLS,
    /** TLS from the first byte, port 465 (RFC 8314 section 3.3). */
    IMPLICIT_TLS,
    /**
     * No TLS at all. Credentials are kept back unless {@link Server#loginWithoutTls()} says
     * otherwise.
     */
    NONE
}
