package dev.postrider.postgres.connection;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Notices that another server has taken over, while calls wait for one that has vanished without a
 * word: its machine lost its power, or its network. Only when a call waits for some seconds a new
 * connection is opened to look; when that reaches another server, or another start of the same, all
 * connections from before are cut, and whoever waits on them hears that the database is away.
 */
final class WatchServer implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("postgres");
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** How long a call waits before we look. */
    static final Duration LONG = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DatabaseUrl url;
    private final WaitingCalls calls;
    private final Duration wait;
    private final Runnable cut;
    private final Loop loop;

    /** When the server was started that was reached last; of the loop's thread once that runs. */
    private String started;

    WatchServer(DatabaseUrl url, String started, WaitingCalls calls, Duration wait, Runnable cut) {
        this.url = url;
        this.started = started;
        this.calls = calls;
        this.wait = wait;
        this.cut = cut;
        this.loop =
                Loop.frequent(
                        JOURNAL,
                        "watch-server",
                        "the database can't be watched",
                        EVERY,
                        this::look);
    }

    void start() {
        loop.start();
    }

    private void look() {
        if (!calls.areLongerThan(wait)) {
            return;
        }
        try (var connection = new LoginConnection(url, PATIENCE).open()) {
            var now = ServerFacts.started(connection);
            if (!now.equals(started)) {
                JOURNAL.warning("another server answers, connections to the last one are cut");
                cut.run();
                started = now;
            }
        } catch (SQLException _) {
            // nobody has taken over yet: whoever waits may still get an answer
        }
    }

    @Override
    public void close() {
        loop.interrupt();
    }
}
