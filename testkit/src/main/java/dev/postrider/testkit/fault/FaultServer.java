package dev.postrider.testkit.fault;

import dev.postrider.testkit.wire.LoopbackListener;
import dev.postrider.testkit.wire.Peer;
import javax.net.ssl.SSLContext;

/**
 * A server that does one thing wrong, at one stage of each connection, and everything else right.
 */
public final class FaultServer implements AutoCloseable {
    private final LoopbackListener listener;

    private FaultServer(LoopbackListener listener) {
        this.listener = listener;
    }

    /**
     * Starts one.
     *
     * @param extensions what it announces beside STARTTLS and AUTH PLAIN
     */
    public static FaultServer start(
            FaultStage stage, Fault fault, SSLContext tls, String... extensions) {
        return new FaultServer(
                LoopbackListener.start(socket ->
                        new FaultSession(new Peer(socket), stage, fault, tls, extensions).run()));
    }

    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
