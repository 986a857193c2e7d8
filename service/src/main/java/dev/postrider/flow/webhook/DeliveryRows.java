package dev.postrider.flow.webhook;

import dev.postrider.flow.webhook.DeliveryRow.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads deliveries with what their events are about, and what became of each attempt. */
final class DeliveryRows {
    /** More of one delivery's attempts say nothing new. */
    private static final int MOST_ATTEMPTS = 100;

    private static final String BY_IDS =
            """
            select delivery.webhook_id, delivery.event_id, delivery.state, delivery.attempts,
                   delivery.replayed, delivery.due_at, delivery.leased_until > now() as is_under_way,
                   coalesce(delivery.reason, delivery.last_error) as problem,
                   delivery.last_attempt as number, delivery.last_at as at,
                   delivery.last_millis as millis, delivery.last_status as status,
                   delivery.last_error as error, delivery.last_answer as answer,
                   event.type, event.created_at, event.email_id, event.about
            from unnest(:ids) as wanted(id)
            cross join lateral (
                select *
                from delivery
                where workspace_id = :workspace
                  and webhook_id = :webhook
                  and event_id = wanted.id
                limit 1
            ) as delivery
            cross join lateral (
                select type, created_at, email_id,
                       coalesce(data ->> 'subject', data ->> 'address', data ->> 'endpoint',
                                data ->> 'provider') as about
                from event
                where workspace_id = :workspace
                  and id = wanted.id
                limit 1
            ) as event
            order by delivery.event_id desc
            """;

    private static final String BODY =
            """
            select type, created_at, data, secret
            from event
            where workspace_id = :workspace
              and id = :event
            """;

    private static final String ATTEMPTS =
            """
            select number, at, millis, status, error, answer
            from (
                select number, at, millis, status, error, answer
                from delivery_attempt
                where workspace_id = :workspace
                  and webhook_id = :webhook
                  and event_id = :event
                union all
                select last_attempt, last_at, last_millis, last_status, last_error, last_answer
                from delivery
                where workspace_id = :workspace
                  and webhook_id = :webhook
                  and event_id = :event
                  and last_attempt is not null
            ) as attempt
            order by number desc
            limit :most
            """;

    private static final String OF_EMAIL =
            """
            select event.id, webhook.id as webhook_id, webhook.endpoint
            from event
            cross join webhook
            cross join lateral (
                select
                from delivery
                where delivery.workspace_id = event.workspace_id
                  and delivery.webhook_id = webhook.id
                  and delivery.event_id = event.id
                limit 1
            ) as delivery
            where event.workspace_id = :workspace
              and event.email_id = :email
              and webhook.workspace_id = :workspace
            order by event.id desc, webhook.id desc
            limit :most
            """;

    private DeliveryRows() {}

    /** Newest first. */
    static List<DeliveryRow> rows(
            Handle handle, UUID workspaceId, UUID webhookId, List<UUID> eventIds) {
        return eventIds.isEmpty()
                ? List.of()
                : handle.createQuery(BY_IDS)
                        .bind("workspace", workspaceId)
                        .bind("webhook", webhookId)
                        .bind("ids", eventIds.toArray(UUID[]::new))
                        .map((row, _) -> row(row))
                        .list();
    }

    /**
     * An event as it is stored.
     *
     * @param data a JSON object
     * @param sealed more of its members, which only the endpoint may read
     */
    record Stored(String type, Instant createdAt, String data, Optional<byte[]> sealed) {}

    static Optional<Stored> event(Handle handle, UUID workspaceId, UUID eventId) {
        return handle.createQuery(BODY)
                .bind("workspace", workspaceId)
                .bind("event", eventId)
                .map((row, _) ->
                        new Stored(
                                row.getString("type"),
                                time(row, "created_at").orElseThrow(),
                                row.getString("data"),
                                Optional.ofNullable(row.getBytes("secret"))))
                .findOne();
    }

    /** The last ones, in their order. */
    static List<Attempt> attempts(Handle handle, UUID workspaceId, UUID webhookId, UUID eventId) {
        return handle.createQuery(ATTEMPTS)
                .bind("workspace", workspaceId)
                .bind("webhook", webhookId)
                .bind("event", eventId)
                .bind("most", MOST_ATTEMPTS)
                .map((row, _) -> attempt(row).orElseThrow())
                .list()
                .reversed();
    }

    /** An event of an email, and a webhook that is told of it. */
    record Place(UUID eventId, UUID webhookId, Endpoint endpoint) {}

    static List<Place> ofEmail(Handle handle, UUID workspaceId, UUID emailId, int most) {
        return handle.createQuery(OF_EMAIL)
                .bind("workspace", workspaceId)
                .bind("email", emailId)
                .bind("most", most)
                .map((row, _) ->
                        new Place(
                                row.getObject("id", UUID.class),
                                row.getObject("webhook_id", UUID.class),
                                Endpoint.parse(row.getString("endpoint")).orElseThrow()))
                .list();
    }

    private static DeliveryRow row(ResultSet row) throws SQLException {
        var event =
                new DeliveryRow.Event(
                        row.getObject("event_id", UUID.class),
                        row.getString("type"),
                        time(row, "created_at").orElseThrow(),
                        Optional.ofNullable(row.getObject("email_id", UUID.class)),
                        Optional.ofNullable(row.getString("about")));
        return new DeliveryRow(
                row.getObject("webhook_id", UUID.class),
                event,
                DeliveryState.of(row.getString("state")).orElseThrow(),
                row.getInt("attempts"),
                row.getBoolean("replayed"),
                time(row, "due_at"),
                row.getBoolean("is_under_way"),
                Optional.ofNullable(row.getString("problem")),
                attempt(row));
    }

    private static Optional<Attempt> attempt(ResultSet row) throws SQLException {
        var at = time(row, "at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Attempt(
                                row.getInt("number"),
                                at.get(),
                                Duration.ofMillis(row.getInt("millis")),
                                Optional.ofNullable(row.getObject("status", Integer.class)),
                                Optional.ofNullable(row.getString("error")),
                                Optional.ofNullable(row.getString("answer"))));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
