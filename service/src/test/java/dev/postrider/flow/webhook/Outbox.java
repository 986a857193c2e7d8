package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A workspace with webhooks, and events which wait for them. */
public record Outbox(Database database, Webhooks webhooks, UUID workspaceId) {
    public static Outbox in(Database database, Webhooks webhooks) {
        var workspace = NewId.get();
        database.read(handle ->
                handle.createUpdate("insert into workspace (id, name) values (:id, 'Test')")
                        .bind("id", workspace)
                        .execute());
        return new Outbox(database, webhooks, workspace);
    }

    public Webhooks.Created webhook(String url) {
        return webhook(url, EventType.EMAIL_SENT);
    }

    /** One that wants other events. */
    Webhooks.Created webhook(String url, EventType... types) {
        return webhooks.create(
                        workspaceId,
                        Endpoint.parse(url).orElseThrow(),
                        List.of(types),
                        Webhook.Status.ENABLED)
                .orElseThrow();
    }

    /** Something that happens, and a webhook that wants to know. */
    UUID event(Webhook webhook) {
        var id = NewId.get();
        database.inTransaction(handle -> {
            handle.createUpdate(
                            """
                            insert into event (workspace_id, id, type, data)
                            values (:workspace, :id, 'email.sent', '{"subject": "Grüße"}')
                            """)
                    .bind("workspace", workspaceId)
                    .bind("id", id)
                    .execute();
            return handle.createUpdate(
                            """
                            insert into delivery (workspace_id, webhook_id, event_id, due_at)
                            values (:workspace, :webhook, :id, now())
                            """)
                    .bind("workspace", workspaceId)
                    .bind("webhook", webhook.id())
                    .bind("id", id)
                    .execute();
        });
        return id;
    }

    /** Its endpoint didn't take the last call. */
    void fails(Webhook webhook) {
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                update webhook
                                set failures = 1,
                                    failing_from = now()
                                where workspace_id = :workspace
                                  and id = :webhook
                                """)
                        .bind("workspace", workspaceId)
                        .bind("webhook", webhook.id())
                        .execute());
    }

    /** Lets time pass for everything that waits. */
    void passes(Duration time) {
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                update delivery
                                set due_at = due_at - :time,
                                    leased_until = leased_until - :time,
                                    created_at = created_at - :time
                                where workspace_id = :workspace
                                """)
                        .bind("workspace", workspaceId)
                        .bind("time", time)
                        .execute());
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                update webhook
                                set rests_until = rests_until - :time,
                                    failing_from = failing_from - :time
                                where workspace_id = :workspace
                                """)
                        .bind("workspace", workspaceId)
                        .bind("time", time)
                        .execute());
    }

    /**
     * A delivery as it is.
     *
     * @param waits until it is due; below zero when it is, or was settled
     */
    record Row(
            String state,
            int attempts,
            long waits,
            int lastStatus,
            String lastError,
            String reason) {}

    Row delivery(UUID event) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select state, attempts, last_status, last_error, reason,
                                       coalesce(extract(epoch from due_at - now()), -1) as waits
                                from delivery
                                where workspace_id = :workspace
                                  and event_id = :event
                                """)
                        .bind("workspace", workspaceId)
                        .bind("event", event)
                        .map((row, _) ->
                                new Row(
                                        row.getString("state"),
                                        row.getInt("attempts"),
                                        Math.round(row.getDouble("waits")),
                                        row.getInt("last_status"),
                                        String.valueOf(row.getString("last_error")),
                                        String.valueOf(row.getString("reason"))))
                        .one());
    }
}
