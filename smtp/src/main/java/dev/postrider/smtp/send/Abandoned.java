package dev.postrider.smtp.send;

import java.io.IOException;

/** This side hangs up, for a cause of its own. Stays inside the client. */
final class Abandoned extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    Abandoned(Cause cause) {
        super(cause.detail());
        this.cause = cause;
    }

    /** Why the messages under way aren't sent. */
    Cause cause() {
        return cause;
    }
}
