package dev.postrider.boot;

/**
 * The program can't start, for a reason that its operator can mend. The message is the one line
 * that they read: what is wrong, and what to do.
 */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message, null, false, false);
    }
}
