package dev.postrider.postgres;

/** The database can't be used, for a reason that its operator can mend. */
public final class DatabaseUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passes;

    public DatabaseUnusable(String message) {
        this(message, false);
    }

    DatabaseUnusable(String message, boolean passes) {
        super(message, null, false, false);
        this.passes = passes;
    }

    /**
     * Whether a later start may succeed although nobody has changed a setting: the server is away.
     */
    public boolean passes() {
        return passes;
    }
}
