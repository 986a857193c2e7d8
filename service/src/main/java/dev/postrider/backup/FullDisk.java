package dev.postrider.backup;

import dev.postrider.postgres.embedded.StagedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a full disk from other failures of a server: that says so in many words, or ends and says
 * nothing.
 */
final class FullDisk {
    /** ENOSPC, as PostgreSQL and the system say it in the C locale. */
    private static final String WORDS = "No space left on device";

    /** Less than a segment of the write-ahead log: a server ends there. */
    private static final long TOO_LITTLE = 16L << 20;

    private FullDisk() {}

    /**
     * Deletes what was begun, so that others have the room again.
     *
     * @param folder in which it was begun
     * @return what is to be thrown
     * @throws IOException the failure itself, when it is one
     */
    static RuntimeException giveUp(StagedData staged, Path folder, Exception failure)
            throws IOException {
        var isFull = String.valueOf(failure.getMessage()).contains(WORDS) || isFull(folder);
        staged.delete();
        if (isFull) {
            return new BackupUnusable(
                    "The disk with "
                            + folder
                            + " is full: make room for another copy of the database, or name a"
                            + " folder elsewhere. What was begun is deleted, and nothing else has"
                            + " changed.");
        }
        return switch (failure) {
            case RuntimeException thrown -> thrown;
            case IOException thrown -> throw thrown;
            default -> new IllegalStateException(failure);
        };
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < TOO_LITTLE;
        } catch (IOException _) {
            return false;
        }
    }
}
