package dev.postrider.postgres;

/** The database can't be used, for a reason that its operator can mend. */
public final class DatabaseUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnusable(String message) {
        super(message, null, false, false);
    }
}
