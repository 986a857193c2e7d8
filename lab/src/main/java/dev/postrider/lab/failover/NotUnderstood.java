package dev.postrider.lab.failover;

/** The command line names what there isn't. */
public final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
        super(message);
    }
}
