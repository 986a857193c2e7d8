package dev.postrider.smtp.server;

import javax.net.ssl.SSLContext;

/**
 * The TLS sessions that one connection may resume, and leaves to the next one when it is open:
 * closed after the first words over TLS, which bring the server's ticket.
 */
public final class TlsLease implements AutoCloseable {
    private final SSLContext context;
    private final Runnable giveBack;

    TlsLease(SSLContext context, Runnable giveBack) {
        this.context = context;
        this.giveBack = giveBack;
    }

    public SSLContext context() {
        return context;
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
