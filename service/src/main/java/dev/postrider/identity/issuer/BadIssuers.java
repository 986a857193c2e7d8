package dev.postrider.identity.issuer;

/** The configuration of issuers can't be used, for a reason that its operator can mend. */
public final class BadIssuers extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadIssuers(String message) {
        super(message, null, false, false);
    }
}
