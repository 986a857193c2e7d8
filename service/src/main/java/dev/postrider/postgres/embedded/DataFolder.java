package dev.postrider.postgres.embedded;

import dev.postrider.log.Journal;
import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the embedded database and the generated keys, held by one program at a time. The
 * lock is the operating system's, so it ends with the program however that ends.
 */
public final class DataFolder implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final String LOCK = "postrider.lock";
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if needed, and takes it; it is readable by its owner alone then. What a
     * killed restore or upgrade has left in it is put in order.
     *
     * @throws DatabaseUnusable when it can't be written, another program has it, or a restore into
     *     it was cut off
     */
    public static DataFolder take(Path path) {
        var folder = takeAsItIs(path);
        try {
            StagedData.settle(path);
            return folder;
        } catch (DatabaseUnusable e) {
            folder.release();
            throw e;
        }
    }

    /** The same for whoever restores into it. */
    public static DataFolder takeAsItIs(Path path) {
        try {
            var file = path.resolve(LOCK);
            if (Files.isDirectory(path)) {
                close(path, file);
            } else {
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(PRIVATE));
            }
            var channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (!locked(channel)) {
                var holder = Files.readString(file).strip();
                channel.close();
                throw new DatabaseUnusable(
                        "Another Postrider (process "
                                + holder
                                + ") uses the data folder "
                                + path
                                + ": stop it, or give this one another POSTRIDER_DATA_DIR.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            String.valueOf(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "The data folder "
                            + path
                            + " can't be written ("
                            + reason(e)
                            + "): give it to this user, or set POSTRIDER_DATA_DIR to a folder that is.");
        }
    }

    /**
     * Closes a folder that others may look into. One that isn't Postrider's, as far as can be seen,
     * is for its operator: others may have a right to what else is in it.
     */
    private static void close(Path path, Path file) throws IOException {
        if (PRIVATE.containsAll(Files.getPosixFilePermissions(path))) {
            return;
        }
        if (Files.exists(file) || isEmpty(path)) {
            Files.setPosixFilePermissions(path, PRIVATE);
            JOURNAL.warning("data folder was open to others, and is closed now", "folder", path);
            return;
        }
        throw new DatabaseUnusable(
                "The data folder "
                        + path
                        + " is open to others ("
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                        + ") and has other files in it: set POSTRIDER_DATA_DIR to a folder of"
                        + " Postrider's own, or close it with chmod 700.");
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static String reason(IOException e) {
        @Nullable String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    public Path path() {
        return path;
    }

    private void release() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
