package dev.postrider.testkit.provider;

/** The user stands before a page of the provider that leads nowhere: no callback comes. */
public final class ProviderPage extends RuntimeException {
    private final String code;

    public ProviderPage(String code) {
        super("the provider shows a page of its own: " + code);
        this.code = code;
    }

    /** As the page names it: {@code redirect_uri_mismatch}. */
    public String code() {
        return code;
    }
}
