package dev.postrider.flow.webhook;

import dev.postrider.purge.Purge;
import dev.postrider.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Claims deliveries and writes what became of them. All times are the database's. */
final class DeliveryTable {
    private static final String DUE_WEBHOOKS =
            """
            select webhook.workspace_id, webhook.id, webhook.endpoint, webhook.secret,
                   webhook.failures > 0 as is_failing
            from waiting_webhook as waiting
            join webhook
              on webhook.workspace_id = waiting.workspace_id
             and webhook.id = waiting.webhook_id
            where (webhook.rests_until is null or webhook.rests_until <= now())
              and webhook.status = 'enabled'
              and exists (
                  select
                  from delivery
                  where delivery.workspace_id = webhook.workspace_id
                    and delivery.webhook_id = webhook.id
                    and delivery.due_at <= now()
                    and (delivery.leased_until is null or delivery.leased_until <= now()))
            """;

    /** The attempt counts from here: a node that dies now may have been heard. */
    private static final String CLAIM =
            """
            with due as (
                update delivery
                set attempts = attempts + 1,
                    leased_until = now() + :lease
                where ctid = any (array(
                    select ctid
                    from delivery
                    where workspace_id = :workspace
                      and webhook_id = :webhook
                      and due_at <= now()
                      and (leased_until is null or leased_until <= now())
                      and exists (
                          select
                          from webhook
                          where webhook.workspace_id = :workspace
                            and webhook.id = :webhook
                            and webhook.endpoint = :endpoint
                            and webhook.status = 'enabled'
                            and (webhook.rests_until is null or webhook.rests_until <= now()))
                    order by due_at
                    limit :limit
                    for update skip locked))
                returning event_id, attempts
            )
            select due.event_id, due.attempts, event.type, event.created_at, event.data, event.secret
            from due
            cross join lateral (
                select type, created_at, data, secret
                from event
                where workspace_id = :workspace
                  and id = due.event_id
                limit 1
            ) as event
            """;

    /** Zero rows: another node has begun a later attempt, or the webhook is disabled. */
    private static final String SETTLE =
            """
            update delivery
            set state = :state,
                due_at = case when :state = 'pending' then now() + :wait end,
                leased_until = null,
                last_status = :status,
                last_error = :error
            where workspace_id = :workspace
              and webhook_id = :webhook
              and event_id = :event
              and state = 'pending'
              and attempts = :attempt
            """;

    private static final String END_UNWANTED =
            """
            with ended as materialized (
                select *
                from waiting_webhook as waiting
                where not exists (
                    select
                    from webhook
                    where webhook.workspace_id = waiting.workspace_id
                      and webhook.id = waiting.webhook_id
                      and webhook.status = 'enabled')
            )
            update delivery
            set state = 'failed',
                due_at = null,
                leased_until = null,
                last_error = 'The webhook was disabled or removed.'
            where ctid = any (array(
                select unwanted.ctid
                from ended
                cross join lateral (
                    select ctid
                    from delivery
                    where workspace_id = ended.workspace_id
                      and webhook_id = ended.webhook_id
                      and due_at is not null
                    order by due_at
                    limit :limit
                    for update skip locked
                ) as unwanted
                limit :limit))
            """;

    /**
     * A webhook that has something to be told.
     *
     * @param secret empty when no key opens it
     * @param isFailing whether its endpoint didn't take the last call
     */
    record DueWebhook(
            UUID workspaceId,
            UUID id,
            Endpoint endpoint,
            Optional<SigningSecret> secret,
            boolean isFailing) {}

    /** What follows from an attempt. */
    sealed interface Next {
        record Delivered() implements Next {}

        record Again(Duration after) implements Next {}

        record Failed() implements Next {}

        default String state() {
            return switch (this) {
                case Delivered _ -> "delivered";
                case Again _ -> "pending";
                case Failed _ -> "failed";
            };
        }
    }

    private DeliveryTable() {}

    static List<DueWebhook> dueWebhooks(Handle handle, Vault vault) {
        return handle.createQuery(DUE_WEBHOOKS).map((row, _) -> dueWebhook(row, vault)).list();
    }

    private static DueWebhook dueWebhook(ResultSet row, Vault vault) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new DueWebhook(
                row.getObject("workspace_id", UUID.class),
                id,
                Endpoint.parse(row.getString("endpoint")).orElseThrow(),
                vault.open(row.getBytes("secret"), id).map(SigningSecret::new),
                row.getBoolean("is_failing"));
    }

    /** Begins an attempt for each of some due deliveries; none when the webhook has changed. */
    static List<Delivery> claim(Handle handle, DueWebhook webhook, int limit, Duration lease) {
        return WebhookTable.of(webhook, handle.createQuery(CLAIM))
                .bind("limit", limit)
                .bind("lease", lease)
                .map((row, _) ->
                        new Delivery(
                                webhook.workspaceId(),
                                webhook.id(),
                                row.getObject("event_id", UUID.class),
                                row.getInt("attempts"),
                                row.getString("type"),
                                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                                row.getString("data"),
                                Optional.ofNullable(row.getBytes("secret"))))
                .list();
    }

    /**
     * Writes what became of an attempt.
     *
     * @return false when it has ended or was begun again meanwhile: nothing was written
     */
    static boolean settle(Handle handle, Delivery delivery, EndpointAnswer answer, Next next) {
        var status =
                answer instanceof EndpointAnswer.Status(var code, _)
                        ? Optional.of(code)
                        : Optional.<Integer>empty();
        return handle.createUpdate(SETTLE)
                        .bind("workspace", delivery.workspaceId())
                        .bind("webhook", delivery.webhookId())
                        .bind("event", delivery.eventId())
                        .bind("attempt", delivery.attempt())
                        .bind("state", next.state())
                        .bind("wait", next instanceof Next.Again(var after) ? after : Duration.ZERO)
                        .bind("status", status)
                        .bind("error", error(answer))
                        .execute()
                > 0;
    }

    private static Optional<String> error(EndpointAnswer answer) {
        return switch (answer) {
            case EndpointAnswer.Status status ->
                    status.isTaken()
                            ? Optional.empty()
                            : Optional.of("The endpoint answered " + status.code() + ".");
            case EndpointAnswer.None(var reason) -> Optional.of(reason);
        };
    }

    /** Ends some of what nobody wants any more; returns how many. */
    static int endUnwanted(Handle handle) {
        return handle.createUpdate(END_UNWANTED).bind("limit", Purge.AT_ONCE).execute();
    }
}
