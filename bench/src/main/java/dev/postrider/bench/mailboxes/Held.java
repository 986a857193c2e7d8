package dev.postrider.bench.mailboxes;

import dev.postrider.bench.mailboxes.Sender.Footprint;

/** What is held in memory, with so many mailboxes and open connections. */
record Held(String title, int mailboxes, long connections, Footprint footprint) {

    /** KB of heap for each mailbox that this has more than the other. */
    double kilobytesAMailbox(Held less) {
        return (footprint.heap() - less.footprint().heap()) / 1024 / (mailboxes - less.mailboxes());
    }

    /** KB of heap for each connection that this has more than the other. */
    double kilobytesAConnection(Held less) {
        return (footprint.heap() - less.footprint().heap())
                / 1024
                / (connections - less.connections());
    }
}
