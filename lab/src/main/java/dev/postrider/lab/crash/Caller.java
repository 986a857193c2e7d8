package dev.postrider.lab.crash;

import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one user, who sends through several mailboxes and keeps logging in. */
final class Caller {
    static final String USER = "lab@example.com";
    static final String PASSWORD = "a password for the lab";
    static final int MAILBOXES = 8;

    private final AtomicReference<@Nullable String> token = new AtomicReference<>();

    void connectMailboxes(int port, int smtpPort) throws IOException, InterruptedException {
        for (var mailbox = 0; mailbox < MAILBOXES; mailbox++) {
            var _ = at(port).connectMailbox(address(mailbox), smtpPort);
        }
    }

    static String address(int mailbox) {
        return "lab" + mailbox + "@example.com";
    }

    /** The API at a node; tokens are good at all of them. */
    Api at(int port) throws IOException, InterruptedException {
        var known = token.get();
        if (known == null) {
            known = Api.logIn(port, USER, PASSWORD).token();
            token.set(known);
        }
        return new Api(port, known);
    }

    /** It has expired. */
    void forgetToken() {
        token.set(null);
    }
}
