package dev.postrider.backup;

import dev.postrider.machine.StopPoint;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that has its name only when all of it is on the disk; nobody but its owner reads it.
 *
 * @param mayReplace one of that name that is there already
 */
record NewFile(Path path, boolean mayReplace) {
    private static final int BUFFER = 1 << 16;

    /** What is written. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** What reads it back, before it has its name. */
    interface Check<T> {
        T read(Path written) throws IOException;
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

    /**
     * Writes it, has it read back, and gives it its name.
     *
     * @return what was read
     * @throws BackupUnusable when the disk doesn't take it, or another has begun to write it
     */
    <T> T write(Content content, Check<T> check) {
        check();
        try (var channel = open()) {
            var own = fileKey();
            try {
                var out = new StaysOpen(Channels.newOutputStream(channel));
                content.write(out);
                out.flush();
                channel.force(true);
                var read = check.read(unfinished());
                StopPoint.BACKUP_WRITTEN.pass();
                if (!own.equals(fileKey())) {
                    throw new BackupUnusable(
                            "Another backup has begun to write "
                                    + path
                                    + " meanwhile: this one is given up.");
                }
                check();
                Files.move(unfinished(), path, StandardCopyOption.ATOMIC_MOVE);
                Folders.force(path.toAbsolutePath().getParent());
                return read;
            } finally {
                if (own.equals(fileKey())) {
                    Folders.deleteQuietly(unfinished());
                }
            }
        } catch (IOException e) {
            throw new BackupUnusable(
                    "The backup can't be written to "
                            + path
                            + " ("
                            + e.getMessage()
                            + "): nothing is left of it. Make room, or name a file elsewhere.");
        }
    }

    /** Anew, whatever a killed backup has left. */
    private FileChannel open() throws IOException {
        Files.deleteIfExists(unfinished());
        return FileChannel.open(
                unfinished(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Which file it is; empty when there is none. */
    private Optional<Object> fileKey() {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(
                                    unfinished(),
                                    BasicFileAttributes.class,
                                    LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
        } catch (IOException _) {
            return Optional.empty();
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
