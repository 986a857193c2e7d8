package dev.postrider.smtp.connect;

import java.io.IOException;

/** Carries the result of an opening that ends early out of its steps. Stays inside the client. */
final class OpeningFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Opening.Failed failed;

    OpeningFailed(Opening.Failed failed) {
        super(failed.detail());
        this.failed = failed;
    }

    Opening.Failed failed() {
        return failed;
    }
}
