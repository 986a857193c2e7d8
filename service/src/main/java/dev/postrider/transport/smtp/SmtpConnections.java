package dev.postrider.transport.smtp;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.pool.Borrowing;
import dev.postrider.smtp.pool.HostLimits;
import dev.postrider.smtp.pool.Pool;
import dev.postrider.smtp.pool.PoolLimits;
import dev.postrider.smtp.server.Server;
import dev.postrider.transport.Connections;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.smtp.reply.InterpretResult;
import java.time.Duration;

/** A mailbox's connections to its SMTP server. */
public final class SmtpConnections implements Connections {
    /** The lane looks meanwhile whether it goes on at all. */
    private static final Duration BORROW_WAIT = Duration.ofSeconds(5);

    /** Longer than a node keeps an idle lane. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Servers that want fewer say so, and another connection is opened. */
    private static final int MESSAGES_PER_CONNECTION = 1_000;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Pool pool;
    private final int connections;
    private final InterpretResult read;
    private final ContentSource contents;

    public SmtpConnections(
            Connector connector,
            Server server,
            Credentials credentials,
            HostLimits hosts,
            int connections,
            InterpretResult read,
            ContentSource contents) {
        this.pool =
                new Pool(
                        connector,
                        server,
                        credentials,
                        new PoolLimits(connections, MESSAGES_PER_CONNECTION, IDLE),
                        hosts);
        this.connections = connections;
        this.read = read;
        this.contents = contents;
    }

    @Override
    public Connecting connect(boolean patient) {
        return switch (pool.borrow(patient ? BORROW_WAIT : Duration.ZERO)) {
            case Borrowing.Borrowed(var connection) ->
                    new Connecting.Connected(new SmtpConnection(this, connection, read));
            case Borrowing.Failed(var failed) -> new Connecting.Failed(read.of(failed));
            case Borrowing.Busy(), Borrowing.Closed() -> new Connecting.Busy();
        };
    }

    /** The next login is another one than that which was refused. */
    void loginRenewed() {
        pool.credentialsRenewed();
    }

    public ContentSource contents() {
        return contents;
    }

    Borrowing borrow() {
        return pool.borrow(BORROW_WAIT);
    }

    @Override
    public int limit() {
        return connections;
    }

    @Override
    public void close() {
        pool.close(GRACE);
    }
}
