package dev.postrider.smtp.message;

import java.io.IOException;

/**
 * The caller's content can't be read to its end; the connection itself is sound. Stays inside the
 * client.
 */
public final class ContentUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    ContentUnreadable(IOException cause) {
        super("The content can't be read: " + cause.getMessage(), cause);
    }
}
