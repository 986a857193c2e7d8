package dev.postrider.flow.lease;

import dev.postrider.email.LaneKey;
import dev.postrider.event.Limit;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.event.Outbox;
import dev.postrider.flow.store.lane.ToldLimits;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Tells webhooks that a mailbox rests at a limit: once a rest, and not again while it is no news.
 */
record TellLimits(MailboxEvents events) {
    /** In the transaction in which its lane comes to rest. */
    void reached(Handle handle, LaneKey lane, Limit limit, Instant until, String reason) {
        var event = new MailboxEvent.LimitReached(limit, until, reason);
        if (Outbox.isWanted(handle, lane.workspaceId(), event.type())
                && ToldLimits.isNews(handle, lane, limit)) {
            events.tell(handle, lane.workspaceId(), lane.mailboxId(), event);
        }
    }
}
