package dev.postrider.transport.smtp.discovery;

import dev.postrider.transport.smtp.SmtpServer;

/** Which server sends for a domain, as far as the domain says. */
public sealed interface FoundServer {

    /**
     * The domain's own word, or a known provider: a password may go there.
     *
     * @param source {@code provider}, {@code mx}, {@code srv} or {@code autoconfig}
     */
    record Certain(SmtpServer server, String source) implements FoundServer {}

    /**
     * An answer of the DNS, which could be forged, names a server elsewhere: its user must say that
     * it is right (RFC 6186, 6).
     */
    record Likely(SmtpServer server, String source) implements FoundServer {}

    record Nothing() implements FoundServer {}
}
