package dev.postrider.vault;

/** The master key's file can't be used, for a reason that its operator can mend. */
public final class MasterKeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passes;

    MasterKeyUnusable(String message) {
        this(message, false);
    }

    MasterKeyUnusable(String message, boolean passes) {
        super(message, null, false, false);
        this.passes = passes;
    }

    /**
     * Whether a later start may succeed although nobody has changed a setting: a key service is
     * away.
     */
    public boolean passes() {
        return passes;
    }
}
