package dev.postrider.lab.crash;

/** The command line names what there isn't. */
public final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    public NotUnderstood(String message) {
        super(message);
    }
}
