package dev.postrider.transport.sandbox;

import dev.postrider.transport.Connections;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Transport;

/** A sandbox is always open. */
record SandboxConnections(
        SandboxMessages messages, Transport.MailboxKey mailbox, ContentSource contents)
        implements Connections {
    @Override
    public Connecting connect(boolean patient) {
        return new Connecting.Connected(new SandboxConnection(messages, mailbox, contents));
    }

    @Override
    public int limit() {
        return 1;
    }

    @Override
    public void close() {}
}
