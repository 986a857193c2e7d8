package dev.postrider.mailbox;

import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.mailbox.notify.TellMailboxEvents;
import dev.postrider.mailbox.notify.TestReconnectLinks;
import dev.postrider.postgres.Database;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.TestKinds;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.time.InstantSource;
import java.util.Optional;

/** The program's mailboxes, without the program. */
public final class TestMailboxes {
    private TestMailboxes() {}

    public static Mailboxes of(Database database) {
        return of(database, TestKinds.of(database));
    }

    public static Mailboxes of(Database database, Kinds kinds) {
        return of(database, kinds, events(database, kinds));
    }

    /** The same, with another way of telling what happens. */
    public static Mailboxes telling(Database database, MailboxEvents events) {
        return of(database, TestKinds.of(database), events);
    }

    private static Mailboxes of(Database database, Kinds kinds, MailboxEvents events) {
        return new Mailboxes(
                database,
                TestVault.of(database),
                kinds,
                MailboxQuota.STANDARD,
                new CancelQueuedMail(),
                events);
    }

    public static Mailboxes of(Database database, Vault vault, MailboxQuota quota) {
        var kinds = TestKinds.of(database);
        return new Mailboxes(
                database, vault, kinds, quota, new CancelQueuedMail(), events(database, kinds));
    }

    public static MailboxEvents events(Database database) {
        return events(database, TestKinds.of(database));
    }

    private static MailboxEvents events(Database database, Kinds kinds) {
        return new TellMailboxEvents(
                new ReadMailbox(kinds, new CancelQueuedMail()),
                TestReconnectLinks.NUMBERED,
                TestVault.of(database),
                InstantSource.system());
    }

    /** What its user would change, made from what was seen. */
    public static MailboxChange change(
            Mailbox mailbox, MailboxState state, Optional<String> password) {
        return new MailboxChange(
                mailbox,
                mailbox.displayName(),
                mailbox.transport(),
                password,
                state,
                mailbox.options());
    }
}
