package dev.postrider.smtp.wire;

import java.io.IOException;

/** The connection is gone. Stays inside the package. */
public final class LostConnection extends IOException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    public LostConnection(Trouble trouble, String detail) {
        super(detail);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
