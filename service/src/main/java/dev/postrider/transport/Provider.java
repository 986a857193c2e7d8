package dev.postrider.transport;

import dev.postrider.transport.smtp.SmtpServer;
import java.util.Optional;

/** Who sends for a mailbox, as everyone who may see the mailbox may know it. */
public sealed interface Provider {

    /** A submission server; an empty username logs in nowhere. */
    record Smtp(SmtpServer server, Optional<String> username) implements Provider {}

    /** Nobody: what it sends is kept, to be looked at. */
    record Sandbox() implements Provider {}
}
