package dev.postrider.smtp;

import java.io.IOException;

/** The connection is gone. Stays inside the package. */
final class LostConnection extends IOException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    LostConnection(Trouble trouble, String detail) {
        super(detail);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
