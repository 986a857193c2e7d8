package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads and writes webhooks. Their secrets come and go sealed. */
final class WebhookTable {
    /** Two requests in one moment may go over the limit by one; it guards against many. */
    private static final String INSERT =
            """
            insert into webhook (workspace_id, id, endpoint, events, secret, status)
            select :workspace, :id, :endpoint, :events, :secret, :status
            where (select count(*) from webhook where workspace_id = :workspace) < :most
            returning *
            """;

    private static final String PAGE =
            """
            select *
            from webhook
            where workspace_id = :workspace
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    private static final String BY_ID =
            """
            select *
            from webhook
            where workspace_id = :workspace
              and id = :id
            """;

    /** One that goes on, or elsewhere, begins anew. */
    private static final String UPDATE =
            """
            update webhook
            set endpoint = :endpoint,
                events = :events,
                status = :status,
                reason = case when status = :status then reason end,
                rests_until = case when endpoint = :endpoint and status = :status then rests_until end,
                failures = case when endpoint = :endpoint and status = :status then failures else 0 end,
                failing_from = case when endpoint = :endpoint and status = :status then failing_from end
            where workspace_id = :workspace
              and id = :id
            returning *
            """;

    private static final String DELETE =
            """
            delete from webhook
            where workspace_id = :workspace
              and id = :id
            """;

    private WebhookTable() {}

    /** Adds a webhook; empty when the workspace has as many as it may. */
    static Optional<Webhook> insert(
            Handle handle,
            UUID workspaceId,
            UUID id,
            Endpoint endpoint,
            List<EventType> events,
            byte[] sealed,
            Webhook.Status status,
            int most) {
        return handle.createQuery(INSERT)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .bind("endpoint", endpoint.uri().toString())
                .bind("events", texts(events))
                .bind("secret", sealed)
                .bind("status", status.text())
                .bind("most", most)
                .map((row, _) -> read(row))
                .findOne();
    }

    static Page.Items<Webhook> list(Handle handle, UUID workspaceId, Page page) {
        return Keyset.of(page)
                .read(
                        handle,
                        PAGE,
                        query -> query.bind("workspace", workspaceId),
                        (row, _) -> read(row));
    }

    static Optional<Webhook> find(Handle handle, UUID workspaceId, UUID id) {
        return handle.createQuery(BY_ID)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    static Optional<Webhook> update(Handle handle, Webhook webhook) {
        return handle.createQuery(UPDATE)
                .bind("workspace", webhook.workspaceId())
                .bind("id", webhook.id())
                .bind("endpoint", webhook.endpoint().uri().toString())
                .bind("events", texts(webhook.events()))
                .bind("status", webhook.status().text())
                .map((row, _) -> read(row))
                .findOne();
    }

    static boolean delete(Handle handle, UUID workspaceId, UUID id) {
        return handle.createUpdate(DELETE).bind("workspace", workspaceId).bind("id", id).execute()
                > 0;
    }

    private static String[] texts(List<EventType> events) {
        return events.stream().map(EventType::text).toArray(String[]::new);
    }

    private static Webhook read(ResultSet row) throws SQLException {
        var events = (String[]) row.getArray("events").getArray();
        return new Webhook(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                Endpoint.parse(row.getString("endpoint")).orElseThrow(),
                Arrays.stream(events).map(text -> EventType.of(text).orElseThrow()).toList(),
                Webhook.Status.of(row.getString("status")).orElseThrow(),
                Optional.ofNullable(row.getString("reason")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
