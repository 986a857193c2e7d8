package dev.postrider.mailbox;

import dev.postrider.mailbox.health.MailboxHealth;
import dev.postrider.mailbox.health.QueuedMail;
import dev.postrider.mailbox.health.ReadHealth;
import dev.postrider.transport.Kinds;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A mailbox and how it is doing, as some transaction sees them. */
@Singleton
public record ReadMailbox(Kinds kinds, QueuedMail mail) {
    public record Seen(Mailbox mailbox, MailboxHealth health) {}

    /** Empty when it is gone. */
    public Optional<Seen> find(Handle handle, UUID workspaceId, UUID id) {
        return MailboxTable.find(handle, workspaceId, id, kinds)
                .map(MailboxRow::mailbox)
                .map(mailbox ->
                        new Seen(
                                mailbox,
                                ReadHealth.of(handle, mail, workspaceId, List.of(id))
                                        .getOrDefault(id, MailboxHealth.NEW)));
    }
}
