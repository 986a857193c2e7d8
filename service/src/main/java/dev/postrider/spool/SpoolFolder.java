package dev.postrider.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Where what is too large for memory waits for the database. Its files lose their names as soon as
 * they are open, so nobody else can open them and nothing is left of them when the program dies.
 */
public final class SpoolFolder {
    private static final String PREFIX = "postrider-upload-";

    private final Path path;

    private SpoolFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder if needed, readable by its owner alone. A file that a crash left between its
     * making and its unnaming goes.
     */
    public static SpoolFolder in(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, permissions("rwx------"));
            }
            try (var left = Files.newDirectoryStream(path, PREFIX + "*")) {
                for (var file : left) {
                    Files.deleteIfExists(file);
                }
            }
            return new SpoolFolder(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine's own, for programs without a folder. */
    public static SpoolFolder ofTheMachine() {
        return new SpoolFolder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** A new file; closing it ends it. */
    FileChannel file() throws IOException {
        // on POSIX systems DELETE_ON_CLOSE removes the name right after opening
        return FileChannel.open(
                path.resolve(PREFIX + UUID.randomUUID()),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                permissions("rw-------"));
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    public static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
