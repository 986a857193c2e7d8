package dev.postrider.backup;

/** A backup can't be made or used, for a reason that its operator can mend. */
public final class BackupUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupUnusable(String message) {
        super(message, null, false, false);
    }
}
