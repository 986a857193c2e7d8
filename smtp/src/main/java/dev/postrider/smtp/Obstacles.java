package dev.postrider.smtp;

import org.jspecify.annotations.Nullable;

/** What a message needs and a server lacks. It is never sent damaged instead. */
final class Obstacles {
    private Obstacles() {}

    static @Nullable Cause between(Message message, Session session) {
        Capabilities capabilities = session.capabilities();
        Envelope envelope = message.envelope();
        if (envelope.internationalised() && !capabilities.has("SMTPUTF8")) {
            return new Cause.Unsupported("SMTPUTF8");
        }
        if (message.content().eightBit() && !capabilities.has("8BITMIME")) {
            return new Cause.Unsupported("8BITMIME");
        }
        if (envelope.requireTls() && (session.tls() == null || !capabilities.has("REQUIRETLS"))) {
            return new Cause.Unsupported("REQUIRETLS");
        }
        long limit = capabilities.maxSize();
        long size = message.content().size();
        return size > limit ? new Cause.TooLarge(size, limit) : null;
    }
}
