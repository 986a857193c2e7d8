package dev.postrider.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The places between two steps, of an email or of a command, at which the lab kills the program:
 * whoever comes by the armed one says so and waits there to be killed. Its name stands in the file
 * that {@code -Dpostrider.stop-at=FILE} names; without that option this is a comparison with a
 * constant null.
 */
public enum StopPoint {
    /** An email has leave to go the short way, and isn't kept. */
    ADMITTED,
    /** It is committed as begun, and only this thread knows of it. */
    KEPT,
    /** It has a connection, and no octet of it has left. */
    HANDED_OVER,
    /** It is written down which draft is to be sent, and the request hasn't left. */
    DRAFT_SUBMITTED,
    /** The server's reply is read, and not written down. */
    ANSWERED,
    /** The outcome is committed, and nobody is told. */
    SETTLED,
    /** Who waits knows of it, and the caller has no answer. */
    TOLD,
    /** A provider's new tokens are read, and not stored. */
    TOKEN_READ,
    /** They are stored, and nobody has them. */
    TOKEN_STORED,
    /** The end of a grant is written, with its hold and its event, and not committed. */
    GRANT_ENDING,
    /** It is committed. */
    GRANT_ENDED,
    /** A restore's rows are committed, and what waited isn't in doubt. */
    RESTORE_LOADED,
    /** Data that was staged is whole, and hasn't taken its place. */
    DATA_STAGED,
    /** The old data has another name, and the new one isn't in its place. */
    DATA_ASIDE,
    /** A backup is written and read back, and hasn't its name. */
    BACKUP_WRITTEN;

    private static final @Nullable String FILE = System.getProperty("postrider.stop-at");

    /** Goes on, unless this one is armed. */
    public void pass() {
        if (FILE != null && isNamedIn(Path.of(FILE))) {
            stop();
        }
    }

    private boolean isNamedIn(Path file) {
        try {
            return Files.exists(file) && Files.readString(file).strip().equals(name());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        System.err.println("stopped at " + name());
        while (true) {
            LockSupport.park();
            // an interrupt would let the next park return at once
            var _ = Thread.interrupted();
        }
    }
}
