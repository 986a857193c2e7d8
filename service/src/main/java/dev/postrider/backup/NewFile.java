package dev.postrider.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that has its name only when all of it is on the disk; nobody but its owner reads it.
 *
 * @param mayReplace one of that name that is there already
 */
record NewFile(Path path, boolean mayReplace) {
    private static final int BUFFER = 1 << 16;

    /** What is written. */
    interface Content<T> {
        T write(OutputStream out) throws IOException;
    }

    private Path unfinished() {
        return path.resolveSibling(path.getFileName() + ".unfinished");
    }

    void check() {
        if (!mayReplace && Files.exists(path)) {
            throw new BackupUnusable(
                    "The file " + path + " is there already: name another, or say --overwrite.");
        }
        if (Files.isDirectory(path)) {
            throw new BackupUnusable(path + " is a folder: name a file in it.");
        }
    }

    <T> T write(Content<T> content) {
        check();
        try {
            Files.deleteIfExists(unfinished());
            T result;
            try (var channel =
                    FileChannel.open(
                            unfinished(),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                var out = new StaysOpen(Channels.newOutputStream(channel));
                result = content.write(out);
                out.flush();
                channel.force(true);
            }
            check();
            Files.move(unfinished(), path, StandardCopyOption.ATOMIC_MOVE);
            Folders.force(path.toAbsolutePath().getParent());
            return result;
        } catch (IOException e) {
            throw new BackupUnusable(
                    "The backup can't be written to "
                            + path
                            + " ("
                            + e.getMessage()
                            + "): nothing is left of it. Make room, or name a file elsewhere.");
        } finally {
            Folders.deleteQuietly(unfinished());
        }
    }

    /** The channel is closed by whoever has it, when all is on the disk. */
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(new BufferedOutputStream(out, BUFFER));
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
