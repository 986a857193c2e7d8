package dev.postrider.smtp.connect;

/** Why there is no TLS. */
public enum TlsTrouble {
    /** The server doesn't announce STARTTLS or refuses it. */
    NOT_OFFERED,
    /** The port doesn't speak TLS at all. */
    NOT_TLS,
    /** No trusted authority signed the certificate. */
    UNTRUSTED,
    /** The certificate is for other host names. */
    WRONG_HOST,
    /** The certificate is no longer, or not yet, valid. */
    EXPIRED,
    /** No version or cipher in common, or another alert. */
    HANDSHAKE
}
