package dev.postrider.mailbox.notify;

import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.event.Outbox;
import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes what happened to a mailbox into the webhooks' outbox, with the mailbox as it is then. */
@Singleton
public final class TellMailboxEvents implements MailboxEvents {
    private final ReadMailbox read;

    public TellMailboxEvents(ReadMailbox read) {
        this.read = read;
    }

    @Override
    public void tell(Handle handle, UUID workspaceId, UUID mailboxId, MailboxEvent event) {
        if (!Outbox.isWanted(handle, workspaceId, event.type())) {
            return;
        }
        read.find(handle, workspaceId, mailboxId)
                .map(seen -> MailboxEventData.of(seen, event))
                .ifPresent(data ->
                        Outbox.insert(
                                handle,
                                new Outbox.Event(
                                        workspaceId,
                                        NewId.get(),
                                        event.type(),
                                        data,
                                        Optional.empty())));
    }
}
