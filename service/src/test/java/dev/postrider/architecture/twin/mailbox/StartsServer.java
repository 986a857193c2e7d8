package dev.postrider.architecture.twin.mailbox;

import dev.postrider.architecture.twin.postgres.embedded.Starts;

/** A feature that wants a server of its own. */
record StartsServer(Starts server) {}
