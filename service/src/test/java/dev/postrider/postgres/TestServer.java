package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.SupervisedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL under all databases of a test run.
 *
 * @param migrated a database with today's schema, of which the others are copies: migrating each
 *     took half a second
 * @param folder of the embedded one; kept between runs, so that its binaries are unpacked once and
 *     a server whose run was killed is ended by the next
 */
public record TestServer(
        FreshDatabase migrated, Optional<SupervisedServer> embedded, Optional<DataFolder> folder)
        implements AutoCloseable {

    static TestServer start() {
        var external = TestDatabase.external();
        if (external.isPresent()) {
            return new TestServer(migrated(external.get()), Optional.empty(), Optional.empty());
        }
        var folder = DataFolder.take(Path.of("target", "test-postgres").toAbsolutePath());
        var embedded = SupervisedServer.start(folder, ServerChoice.BUNDLED);
        return new TestServer(migrated(embedded.url()), Optional.of(embedded), Optional.of(folder));
    }

    /** A database with today's schema, for its taker to close. */
    public FreshDatabase copy() {
        return migrated.copy();
    }

    private static FreshDatabase migrated(DatabaseUrl server) {
        var fresh = FreshDatabase.on(server);
        new Migration(fresh.url()).run();
        return fresh;
    }

    @Override
    public void close() {
        try {
            migrated.close();
            if (embedded.isPresent()) {
                embedded.get().close();
            }
            if (folder.isPresent()) {
                folder.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
