package dev.postrider.vault;

/** The master key's file can't be used, for a reason that its operator can mend. */
public final class MasterKeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MasterKeyUnusable(String message) {
        super(message, null, false, false);
    }
}
