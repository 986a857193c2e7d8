package dev.postrider.identity;

/**
 * A caller who was let in on {@link Credit} isn't who they were: their token has ended, or their
 * role or their key is another. Nothing was kept.
 */
public final class CallerChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallerChanged() {
        super("the caller's token has ended, or means something else by now");
    }
}
