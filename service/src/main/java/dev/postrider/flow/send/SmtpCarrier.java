package dev.postrider.flow.send;

import dev.postrider.email.Outcome;
import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.smtp.Borrowing;
import dev.postrider.smtp.Connector;
import dev.postrider.smtp.Credentials;
import dev.postrider.smtp.Pool;
import dev.postrider.smtp.PoolLimits;
import dev.postrider.smtp.Server;
import java.time.Duration;

/** A mailbox's connections to its SMTP server. */
final class SmtpCarrier implements Carrier {
    /** Longer than another thread may need to connect and log in. */
    private static final Duration BORROW_WAIT = Duration.ofMinutes(2);

    /** Longer than a node keeps an idle lane. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Servers that want fewer say so, and another connection is opened. */
    private static final int MESSAGES_PER_CONNECTION = 1_000;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Pool pool;
    private final int connections;
    private final ReadResult read;
    private final StoredContents contents;

    SmtpCarrier(
            Connector connector,
            Server server,
            Credentials credentials,
            int connections,
            ReadResult read,
            StoredContents contents) {
        this.pool =
                new Pool(
                        connector,
                        server,
                        credentials,
                        PoolLimits.STANDARD
                                .withConnections(connections)
                                .withMessagesPerConnection(MESSAGES_PER_CONNECTION)
                                .withIdle(IDLE));
        this.connections = connections;
        this.read = read;
        this.contents = contents;
    }

    @Override
    public Way way() {
        return switch (pool.borrow(BORROW_WAIT)) {
            case Borrowing.Borrowed(var lease) -> new Way.Open(new SmtpLine(this, lease, read));
            case Borrowing.Failed(var failed) -> new Way.Closed(read.of(failed));
            case Borrowing.Busy() ->
                    new Way.Closed(
                            new Outcome.Unreachable(
                                    "All connections to the server were in use for "
                                            + BORROW_WAIT.toMinutes()
                                            + " minutes."));
            case Borrowing.Closed() ->
                    new Way.Closed(new Outcome.Unreachable("The program is stopping."));
        };
    }

    StoredContents contents() {
        return contents;
    }

    Borrowing borrow() {
        return pool.borrow(BORROW_WAIT);
    }

    @Override
    public int ways() {
        return connections;
    }

    @Override
    public void close() {
        pool.close(GRACE);
    }
}
