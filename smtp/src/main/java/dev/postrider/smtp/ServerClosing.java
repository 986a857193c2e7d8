package dev.postrider.smtp;

import java.io.IOException;

/** The server answered 421 and closes (RFC 5321 section 4.2.3). Stays inside the package. */
final class ServerClosing extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    ServerClosing(Reply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
