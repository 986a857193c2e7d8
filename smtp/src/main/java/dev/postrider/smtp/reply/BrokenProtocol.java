package dev.postrider.smtp.reply;

import java.io.IOException;

/** What the server said isn't SMTP. Stays inside the client. */
public final class BrokenProtocol extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenProtocol(String detail) {
        super(detail);
    }

    /** A reply of a class that its command can't have. */
    public static BrokenProtocol unexpected(Stage stage, Reply reply) {
        return new BrokenProtocol("The server answered " + reply + " to " + stage + ".");
    }
}
