package dev.postrider.postgres.embedded;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.OwnedServer;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.time.Duration;

/**
 * The embedded server, kept running as long as the program: when something else ends it (the system
 * for its memory, an operator by mistake), it is started again on the same data and the same port,
 * so that every connection finds it where it was. Until then the database is away.
 */
public final class SupervisedServer implements OwnedServer {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    private final ServerFiles files;
    private final ServerChoice choice;
    private final DatabaseUrl url;
    private final Loop loop =
            Loop.frequent(
                    JOURNAL,
                    "keep-database",
                    "the database can't be kept running",
                    Duration.ZERO,
                    this::startAgain);

    private SupervisedServer(ServerFiles files, ServerChoice choice, DatabaseUrl url) {
        this.files = files;
        this.choice = choice;
        this.url = url;
    }

    /**
     * Starts the server on the folder's data.
     *
     * @throws DatabaseUnusable when it doesn't start
     */
    public static SupervisedServer start(DataFolder folder, ServerChoice choice) {
        var files = new ServerFiles(folder.path());
        var server = EmbeddedServer.start(files, choice, 0);
        var supervised = new SupervisedServer(files, choice, server.url());
        supervised.loop.start();
        return supervised;
    }

    @Override
    public DatabaseUrl url() {
        return url;
    }

    /** Waits until the server has ended, and starts it again. */
    private void startAgain() throws InterruptedException {
        files.leftover().awaitEnd();
        JOURNAL.warning("database ended unexpectedly", "log", files.log());
        while (!loop.isStopping()) {
            try {
                var _ = EmbeddedServer.start(files, choice, url.port());
                JOURNAL.event("database started again", "port", url.port());
                return;
            } catch (DatabaseUnusable e) {
                JOURNAL.warning("database doesn't start", "reason", String.valueOf(e.getMessage()));
                Thread.sleep(BETWEEN_STARTS);
            }
        }
    }

    /** Stops the server. Whoever is interrupted here leaves it to the next start. */
    @Override
    public void close() {
        loop.interrupt();
        try {
            loop.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        files.leftover().end();
    }
}
