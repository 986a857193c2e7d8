package dev.postrider.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Lets one thread write what another reads, with no more than a buffer between them. */
final class RowsAcross implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final PipedInputStream in = new PipedInputStream(BUFFER);

    /** What is written. */
    interface Rows {
        long write(OutputStream out) throws IOException;
    }

    InputStream in() {
        return in;
    }

    /** Begins to write, on a thread of its own. */
    CompletableFuture<Long> write(Rows rows) throws IOException {
        var out = new PipedOutputStream(in);
        var count = new CompletableFuture<Long>();
        Thread.ofPlatform()
                .name("copy-rows")
                .daemon()
                .start(() -> {
                    // whatever stops the writer is told to whoever reads: a loop would wait for
                    // ever
                    try (out) {
                        count.complete(rows.write(out));
                    } catch (IOException e) {
                        count.completeExceptionally(new UncheckedIOException(e));
                    } catch (RuntimeException e) {
                        count.completeExceptionally(e);
                    }
                });
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
