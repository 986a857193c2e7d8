package dev.postrider.credential.provider.settings;

/** The settings of the operator's apps can't be used; the message says what is wrong in them. */
public final class BadProviders extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadProviders(String message) {
        super(message, null, false, false);
    }
}
