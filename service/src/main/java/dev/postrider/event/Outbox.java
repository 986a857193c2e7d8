package dev.postrider.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what webhooks are to be told of all but emails, in the transaction in which it
 * happens. Emails have an outbox of their own ({@code flow.store.EventOutbox}), which reads their
 * rows for thousands at once.
 */
public final class Outbox {
    private static final String IS_WANTED =
            """
            select exists (
                select
                from webhook
                where workspace_id = :workspace
                  and status = 'enabled'
                  and :type = any (events)
            )
            """;

    private static final String INSERT =
            """
            with wanted as (
                select id
                from webhook
                where workspace_id = :workspace
                  and status = 'enabled'
                  and :type = any (events)
                  and (cast(:except as uuid) is null or id <> :except)
            ),
            happened as (
                insert into event (workspace_id, id, type, data, secret)
                select :workspace, :id, :type, cast(:data as jsonb), :secret
                where exists (select from wanted)
            )
            insert into delivery (workspace_id, webhook_id, event_id, due_at)
            select :workspace, id, :id, now()
            from wanted
            """;

    private Outbox() {}

    /**
     * Something that happened.
     *
     * @param id by which whoever is told knows it again
     * @param secret members of the data that are kept sealed for the event's id until they are
     *     sent, as a JSON object
     */
    public record Event(
            UUID workspaceId, UUID id, EventType type, ObjectNode data, Optional<byte[]> secret) {}

    /** Whether some enabled webhook of the workspace wants to be told: one look into an index. */
    public static boolean isWanted(Handle handle, UUID workspaceId, EventType type) {
        return handle.createQuery(IS_WANTED)
                .bind("workspace", workspaceId)
                .bind("type", type.text())
                .mapTo(Boolean.class)
                .one();
    }

    /** Only for those who want it: without them nothing is written. */
    public static void insert(Handle handle, Event event) {
        insert(handle, event, Optional.empty());
    }

    /** The same, but for one webhook that isn't told of itself. */
    public static void insertForOthers(Handle handle, Event event, UUID webhook) {
        insert(handle, event, Optional.of(webhook));
    }

    private static void insert(Handle handle, Event event, Optional<UUID> except) {
        handle.createUpdate(INSERT)
                .bind("workspace", event.workspaceId())
                .bind("id", event.id())
                .bind("type", event.type().text())
                .bind("data", event.data().toString())
                .bind("secret", event.secret().orElse(null))
                .bind("except", except)
                .execute();
    }
}
