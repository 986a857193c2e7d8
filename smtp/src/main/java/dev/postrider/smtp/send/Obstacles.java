package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.server.Capabilities;
import dev.postrider.smtp.server.Session;
import org.jspecify.annotations.Nullable;

/** What a message needs and a server lacks. It is never sent damaged instead. */
final class Obstacles {
    private final boolean smtpUtf8;
    private final boolean eightBitMime;
    private final boolean requireTls;
    private final long maxSize;

    Obstacles(Session session) {
        Capabilities capabilities = session.capabilities();
        smtpUtf8 = capabilities.has("SMTPUTF8");
        eightBitMime = capabilities.has("8BITMIME");
        // RFC 8689 section 4.2.1: announced, and announced over TLS.
        requireTls = capabilities.has("REQUIRETLS") && session.tls() != null;
        maxSize = capabilities.maxSize();
    }

    /** Null if the server can take it. */
    @Nullable Cause to(Message message) {
        if (message.envelope().internationalised() && !smtpUtf8) {
            return new Cause.Unsupported("SMTPUTF8");
        }
        if (message.content().eightBit() && !eightBitMime) {
            return new Cause.Unsupported("8BITMIME");
        }
        if (message.envelope().requireTls() && !requireTls) {
            return new Cause.Unsupported("REQUIRETLS");
        }
        long size = message.content().size();
        return size > maxSize ? new Cause.TooLarge(size, maxSize) : null;
    }
}
