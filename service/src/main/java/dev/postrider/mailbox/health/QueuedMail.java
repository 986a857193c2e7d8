package dev.postrider.mailbox.health;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The mail of mailboxes, for whoever removes one or tells of it. */
public interface QueuedMail {
    /** Cancels what waits; what is being sent never is. */
    void cancel(Handle handle, UUID workspaceId, UUID mailboxId, String reason);

    /**
     * How many emails mailboxes have still to send, those that are being sent included.
     *
     * @param most counts no further
     * @return without the mailboxes that have none
     */
    Map<UUID, Long> waiting(Handle handle, UUID workspaceId, List<UUID> mailboxes, int most);

    /**
     * When they have sent something, and when something came to nothing.
     *
     * @param most looks at so many of each, those that were accepted last of those that ended
     * @return without the mailboxes of which nothing has ended
     */
    Map<UUID, LatestEnds> latestEnds(
            Handle handle, UUID workspaceId, List<UUID> mailboxes, int most);

    /** Whether anything waits or is being sent. */
    boolean isLeft(Handle handle, UUID workspaceId, UUID mailboxId);
}
