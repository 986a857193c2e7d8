package dev.postrider.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.postgres.NewId;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells webhooks what happens to connect links. */
public final class LinkEvents {
    private LinkEvents() {}

    /**
     * Somebody couldn't connect a mailbox.
     *
     * @param handle of the transaction that makes it true
     */
    public static void failed(Handle handle, UUID workspaceId, FailedLink link) {
        var data =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("object", "connect_link")
                        .put("id", link.id().toString())
                        .put("error", link.error())
                        .put("problem", link.problem())
                        .put("address", link.address().orElse(null))
                        .put("mailbox_id", link.mailboxId().map(UUID::toString).orElse(null))
                        .put("user_id", link.userId().map(UUID::toString).orElse(null))
                        .put("external_id", link.externalId().orElse(null))
                        .put("state", link.state().orElse(null));
        Outbox.insert(
                handle,
                new Outbox.Event(
                        workspaceId,
                        NewId.get(),
                        EventType.CONNECT_LINK_FAILED,
                        data,
                        Optional.empty()));
    }
}
