package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Data that is made beside a data folder's own, and takes its place by renames when it is whole. A
 * kill at any moment leaves the old data, or the new one, or what {@link #settle} makes the new one
 * at the next start; nothing is ever started on a half of it.
 */
public final class StagedData {
    static final String FOLDER = "staged";
    private static final String COMPLETE = "complete";

    private final Path folder;
    private final Path staged;

    private StagedData(Path folder) {
        this.folder = folder;
        this.staged = folder.resolve(FOLDER);
    }

    /** The major version of the PostgreSQL that made a folder's data; empty when it has none. */
    public static Optional<Integer> version(Path folder) {
        return new ServerFiles(folder).version();
    }

    /** The major version of the PostgreSQL that Postrider brings. */
    public static int newestVersion() {
        return BundledPrograms.VERSION;
    }

    /** Begins anew, whatever an earlier try has left. */
    public static StagedData begin(DataFolder folder) throws IOException {
        var data = new StagedData(folder.path());
        data.delete();
        return data;
    }

    /** Takes the folder in which a server makes the data. */
    public DataFolder take() {
        return DataFolder.take(staged);
    }

    /** The new server has the superuser's password of the old one. */
    public void keepPassword() throws IOException {
        Files.copy(
                new ServerFiles(folder).password(),
                new ServerFiles(staged).password(),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Says that it is whole; its server has ended. */
    public void complete() throws IOException {
        Files.createFile(staged.resolve(COMPLETE));
        force(staged);
    }

    /** Lets it take its place; the data that was there has another name by now. */
    public void install() throws IOException {
        var from = new ServerFiles(staged);
        var to = new ServerFiles(folder);
        if (Files.exists(from.password())) {
            Files.move(from.password(), to.password(), StandardCopyOption.ATOMIC_MOVE);
        }
        force(folder);
        Files.move(from.data(), to.data(), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
        ServerFiles.delete(staged);
    }

    /** Gives the folder's data another name. */
    public void moveAside(Path old) throws IOException {
        Files.move(new ServerFiles(folder).data(), old, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /** The server of a killed restore or upgrade may still run on it. */
    public void delete() throws IOException {
        new ServerFiles(staged).leftover().end();
        ServerFiles.delete(staged);
    }

    /**
     * Ends what a killed program has begun.
     *
     * @throws DatabaseUnusable when a restore was cut off before it was whole
     */
    static void settle(Path folder) {
        var data = new StagedData(folder);
        if (!Files.exists(data.staged)) {
            return;
        }
        try {
            if (Files.exists(new ServerFiles(folder).data())) {
                data.delete();
            } else if (Files.exists(data.staged.resolve(COMPLETE))) {
                data.install();
            } else {
                throw new DatabaseUnusable(
                        "A restore into "
                                + folder
                                + " was cut off: do it again with ./postrider restore, or delete "
                                + data.staged
                                + " to start with an empty database.");
            }
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "What a restore or an upgrade has left in "
                            + data.staged
                            + " can't be put in order ("
                            + e.getMessage()
                            + ").");
        }
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
