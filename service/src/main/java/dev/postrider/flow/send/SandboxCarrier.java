package dev.postrider.flow.send;

import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;

/** A sandbox is always open. */
record SandboxCarrier(Mailboxes mailboxes, Mailbox mailbox, StoredContents contents)
        implements Carrier {
    @Override
    public Way way() {
        return new Way.Open(new SandboxLine(mailboxes, mailbox, contents));
    }

    @Override
    public int ways() {
        return 1;
    }

    @Override
    public void close() {}
}
