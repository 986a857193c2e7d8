package dev.postrider.transport.sandbox;

import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.transport.Connections;
import dev.postrider.transport.ContentSource;

/** A sandbox is always open. */
public record SandboxConnections(Mailboxes mailboxes, Mailbox mailbox, ContentSource contents)
        implements Connections {
    @Override
    public Connecting connect(boolean patient) {
        return new Connecting.Connected(new SandboxConnection(mailboxes, mailbox, contents));
    }

    @Override
    public int limit() {
        return 1;
    }

    @Override
    public void close() {}
}
