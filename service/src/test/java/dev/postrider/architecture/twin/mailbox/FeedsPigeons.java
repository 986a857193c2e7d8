package dev.postrider.architecture.twin.mailbox;

import dev.postrider.architecture.twin.transport.pigeon.Pigeon;

/** A mailbox that knows one of its transports. */
record FeedsPigeons(Pigeon pigeon) {}
