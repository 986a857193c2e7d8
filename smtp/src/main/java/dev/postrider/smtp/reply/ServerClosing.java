package dev.postrider.smtp.reply;

import java.io.IOException;

/** The server answered 421 and closes (RFC 5321 section 4.2.3). Stays inside the client. */
public final class ServerClosing extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    public ServerClosing(Reply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
