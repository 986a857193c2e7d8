package dev.postrider.transport;

import dev.postrider.credential.Login;
import dev.postrider.transport.smtp.SmtpServer;
import java.util.Optional;

/** How a mailbox sends, with what it takes to do so. */
public sealed interface Transport {

    /** Through a submission server; an empty login sends without one. */
    record Smtp(SmtpServer server, Optional<Login> login) implements Transport {}

    /** Nowhere: what it sends is kept, to be looked at. */
    record Sandbox() implements Transport {}
}
