package dev.postrider.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL under all databases of a test run.
 *
 * @param folder of the embedded one; kept between runs, so that its binaries are unpacked once and
 *     a server whose run was killed is ended by the next
 */
record TestServer(DatabaseUrl url, Optional<KeptServer> embedded, Optional<DataFolder> folder)
        implements AutoCloseable {

    static TestServer start() {
        var external = TestDatabase.external();
        if (external.isPresent()) {
            return new TestServer(external.get(), Optional.empty(), Optional.empty());
        }
        var folder = DataFolder.take(Path.of("target", "test-postgres").toAbsolutePath());
        var embedded = KeptServer.start(folder);
        return new TestServer(embedded.url(), Optional.of(embedded), Optional.of(folder));
    }

    @Override
    public void close() {
        try {
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
