package dev.postrider.mailbox.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.event.Outbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.postgres.NewId;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes what happened to a mailbox into the webhooks' outbox, with the mailbox as it is then, and
 * wants an email to its owner where there is something to do.
 */
@Singleton
public final class TellMailboxEvents implements MailboxEvents {
    private final ReadMailbox read;
    private final ReconnectLinks links;
    private final Vault vault;
    private final InstantSource clock;

    public TellMailboxEvents(
            ReadMailbox read, ReconnectLinks links, Vault vault, InstantSource clock) {
        this.read = read;
        this.links = links;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public void tell(Handle handle, UUID workspaceId, UUID mailboxId, MailboxEvent event) {
        OwnerNotices.want(handle, workspaceId, mailboxId, event);
        if (Outbox.isWanted(handle, workspaceId, event.type())) {
            read.find(handle, workspaceId, mailboxId)
                    .ifPresent(seen -> Outbox.insert(handle, event(handle, seen, event)));
        }
    }

    private Outbox.Event event(Handle handle, ReadMailbox.Seen seen, MailboxEvent event) {
        var id = NewId.get();
        var data = MailboxEventData.of(seen, event);
        var link =
                switch (event) {
                    case MailboxEvent.Held _, MailboxEvent.Expiring _ ->
                            link(handle, seen.mailbox(), data, id);
                    case MailboxEvent.Connected _,
                            MailboxEvent.Released _,
                            MailboxEvent.LimitReached _,
                            MailboxEvent.Removed _ ->
                            Optional.<byte[]>empty();
                };
        return new Outbox.Event(seen.mailbox().workspaceId(), id, event.type(), data, link);
    }

    /** One for all endpoints and all attempts; its URL is sealed until the call. */
    private Optional<byte[]> link(Handle handle, Mailbox mailbox, ObjectNode data, UUID event) {
        Instant end = clock.instant().plus(ReconnectLinks.GOOD_FOR);
        var url = links.make(handle, mailbox, ReconnectLinks.GOOD_FOR);
        data.putNull("reconnect_url");
        data.put("reconnect_expires_at", url.map(_ -> end.toString()).orElse(null));
        return url.map(each ->
                vault.seal(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("reconnect_url", each.toString())
                                .toString(),
                        event));
    }
}
