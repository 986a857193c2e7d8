package dev.postrider.postgres;

import dev.postrider.log.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * The embedded server, kept running as long as the program: when something else ends it (the system
 * for its memory, an operator by mistake), it is started again on the same data and the same port,
 * so that every connection finds it where it was. Until then the database is away.
 */
final class KeptServer implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    private final ServerFiles files;
    private final DatabaseUrl url;
    private final Thread keeper;
    private EmbeddedServer server;

    private KeptServer(ServerFiles files, EmbeddedServer server) {
        this.files = files;
        this.server = server;
        this.url = server.url();
        this.keeper = Thread.ofVirtual().name("keep-database").unstarted(this::keep);
    }

    /**
     * Starts the server on the folder's data.
     *
     * @throws DatabaseUnusable when it doesn't start
     */
    static KeptServer start(DataFolder folder) {
        var files = new ServerFiles(folder.path());
        var kept = new KeptServer(files, EmbeddedServer.start(files, 0));
        kept.keeper.start();
        return kept;
    }

    DatabaseUrl url() {
        return url;
    }

    private void keep() {
        try {
            while (true) {
                files.leftover().awaitEnd();
                JOURNAL.warning("database ended by itself", "log", files.log());
                startAgain();
                JOURNAL.event("database started again", "port", url.port());
            }
        } catch (InterruptedException _) {
            // the program stops
        }
    }

    private void startAgain() throws InterruptedException {
        while (true) {
            try {
                server.close();
                server = EmbeddedServer.start(files, url.port());
                return;
            } catch (DatabaseUnusable | IOException e) {
                JOURNAL.warning("database doesn't start", "reason", String.valueOf(e.getMessage()));
                Thread.sleep(BETWEEN_STARTS);
            }
        }
    }

    /**
     * Stops the server; what its own short wait leaves running is ended like a leftover. Whoever is
     * interrupted here leaves it to the next start.
     */
    @Override
    public void close() {
        keeper.interrupt();
        try {
            keeper.join();
            server.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.leftover().end();
    }
}
