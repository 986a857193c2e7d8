package dev.postrider.flow.webhook;

import dev.postrider.purge.Purge;
import dev.postrider.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Claims deliveries and writes what became of them. All times are the database's. */
final class DeliveryTable {
    private static final String DUE_WEBHOOKS =
            """
            select webhook.workspace_id, webhook.id, webhook.endpoint, webhook.secret,
                   case when webhook.previous_secret_until > now() then webhook.previous_secret end
                       as previous_secret,
                   webhook.failures > 0 as is_failing
            from waiting_webhook as waiting
            join webhook
              on webhook.workspace_id = waiting.workspace_id
             and webhook.id = waiting.webhook_id
            cross join lateral (
                select *
                from (
                    select due_at
                    from delivery
                    where delivery.workspace_id = waiting.workspace_id
                      and delivery.webhook_id = waiting.webhook_id
                      and not replayed
                      and due_at <= now()
                      and (leased_until is null or leased_until <= now())
                    order by due_at
                    limit 1
                ) as fresh
                union all
                select *
                from (
                    select due_at
                    from delivery
                    where delivery.workspace_id = waiting.workspace_id
                      and delivery.webhook_id = waiting.webhook_id
                      and replayed
                      and due_at <= now()
                      and (leased_until is null or leased_until <= now())
                    order by due_at
                    limit 1
                ) as replays
                limit 1
            ) as due
            where (webhook.rests_until is null or webhook.rests_until <= now())
              and webhook.status = 'enabled'
            """;

    /**
     * What was asked for again waits until nothing else is due. The attempt counts from here: a
     * node that dies now may have been heard.
     */
    private static final String CLAIM =
            """
            with due as (
                update delivery
                set attempts = attempts + 1,
                    leased_until = now() + :lease
                where ctid = any (array(
                    select turn.ctid
                    from (
                        select *
                        from (
                            select ctid
                            from delivery
                            where workspace_id = :workspace
                              and webhook_id = :webhook
                              and not replayed
                              and due_at <= now()
                              and (leased_until is null or leased_until <= now())
                            order by due_at
                            limit :limit
                            for update skip locked
                        ) as fresh
                        union all
                        select *
                        from (
                            select ctid
                            from delivery
                            where workspace_id = :workspace
                              and webhook_id = :webhook
                              and replayed
                              and due_at <= now()
                              and (leased_until is null or leased_until <= now())
                            order by due_at
                            limit :limit
                            for update skip locked
                        ) as replays
                    ) as turn
                    where exists (
                        select
                        from webhook
                        where webhook.workspace_id = :workspace
                          and webhook.id = :webhook
                          and webhook.endpoint = :endpoint
                          and webhook.secret = decode(:secret, 'hex')
                          and webhook.status = 'enabled'
                          and (webhook.rests_until is null or webhook.rests_until <= now()))
                    limit :limit))
                returning event_id, attempts, retries_from
            )
            select due.event_id, due.attempts, due.retries_from,
                   event.type, event.email_id, event.created_at, event.data, event.secret
            from due
            cross join lateral (
                select type, email_id, created_at, data, secret
                from event
                where workspace_id = :workspace
                  and id = due.event_id
                limit 1
            ) as event
            """;

    /** An attempt that another follows moves to where there is room for more than one. */
    private static final String KEEP_EARLIER =
            """
            insert into delivery_attempt
                (workspace_id, webhook_id, event_id, number, at, millis, status, error, answer)
            select workspace_id, webhook_id, event_id, last_attempt, last_at, last_millis,
                   last_status, last_error, last_answer
            from delivery
            where workspace_id = :workspace
              and webhook_id = :webhook
              and event_id = :event
              and last_attempt < :attempt
            on conflict do nothing
            """;

    /** Zero rows: another node has begun a later attempt, or the webhook is disabled. */
    private static final String SETTLE =
            """
            update delivery
            set state = :state,
                due_at = case when :state = 'pending' then now() + :wait end,
                leased_until = null,
                last_attempt = :attempt,
                last_at = now() - make_interval(secs => :millis / 1000.0),
                last_millis = :millis,
                last_status = :status,
                last_error = :error,
                last_answer = :answer
            where workspace_id = :workspace
              and webhook_id = :webhook
              and event_id = :event
              and state = 'pending'
              and attempts = :attempt
            """;

    /**
     * What waits for a webhook that was disabled because of its endpoint, waits until it goes on.
     */
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
                      and (webhook.status = 'enabled' or webhook.reason is not null))
            )
            update delivery
            set state = 'failed',
                due_at = null,
                leased_until = null,
                reason = 'The webhook was disabled or removed.'
            where ctid = any (array(
                select unwanted.ctid
                from ended
                cross join lateral (
                    select ctid
                    from delivery
                    where workspace_id = ended.workspace_id
                      and webhook_id = ended.webhook_id
                      and due_at is not null
                    order by replayed, due_at
                    limit :limit
                    for update skip locked
                ) as unwanted
                limit :limit))
            """;

    /**
     * A webhook that has something to be told.
     *
     * @param secrets what signs: its secret, and for a while the one before; none when no key opens
     *     its secret
     * @param sealed its secret as it is stored, in hexadecimal digits
     * @param isFailing whether its endpoint didn't take the last call
     */
    record DueWebhook(
            UUID workspaceId,
            UUID id,
            Endpoint endpoint,
            List<SigningSecret> secrets,
            String sealed,
            boolean isFailing) {
        public DueWebhook {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * An attempt that has ended.
     *
     * @param took how long, from the look-up of its host to what was read of the answer
     */
    record Ended(Delivery delivery, EndpointAnswer answer, Duration took) {}

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
        var sealed = row.getBytes("secret");
        return new DueWebhook(
                row.getObject("workspace_id", UUID.class),
                id,
                Endpoint.parse(row.getString("endpoint")).orElseThrow(),
                secrets(id, sealed, Optional.ofNullable(row.getBytes("previous_secret")), vault),
                HexFormat.of().formatHex(sealed),
                row.getBoolean("is_failing"));
    }

    private static List<SigningSecret> secrets(
            UUID id, byte[] current, Optional<byte[]> previous, Vault vault) {
        var opened = vault.open(current, id);
        return opened.isEmpty()
                ? List.of()
                : Stream.concat(
                                opened.stream(),
                                previous.flatMap(sealed -> vault.open(sealed, id)).stream())
                        .map(SigningSecret::new)
                        .toList();
    }

    /** Begins an attempt for each of some due deliveries; none when the webhook has changed. */
    static List<Delivery> claim(Handle handle, DueWebhook webhook, int limit, Duration lease) {
        return WebhookTable.of(webhook, handle.createQuery(CLAIM))
                .bind("secret", webhook.sealed())
                .bind("limit", limit)
                .bind("lease", lease)
                .map((row, _) ->
                        new Delivery(
                                webhook.workspaceId(),
                                webhook.id(),
                                row.getObject("event_id", UUID.class),
                                row.getInt("attempts"),
                                row.getInt("retries_from"),
                                row.getString("type"),
                                Optional.ofNullable(row.getObject("email_id", UUID.class)),
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
    static boolean settle(Handle handle, Ended ended, Next next) {
        var delivery = ended.delivery();
        if (delivery.attempt() > 1) {
            of(delivery, handle.createUpdate(KEEP_EARLIER)).execute();
        }
        var status = statusOf(ended.answer());
        return of(delivery, handle.createUpdate(SETTLE))
                        .bind("state", next.state())
                        .bind("wait", next instanceof Next.Again(var after) ? after : Duration.ZERO)
                        .bind("millis", (int) ended.took().toMillis())
                        .bind("status", status.map(EndpointAnswer.Status::code))
                        .bind("error", ended.answer().error())
                        .bind(
                                "answer",
                                status.map(EndpointAnswer.Status::start)
                                        .filter(start -> !start.isEmpty()))
                        .execute()
                > 0;
    }

    private static Optional<EndpointAnswer.Status> statusOf(EndpointAnswer answer) {
        return switch (answer) {
            case EndpointAnswer.Status status -> Optional.of(status);
            case EndpointAnswer.None _ -> Optional.empty();
        };
    }

    private static <S extends SqlStatement<S>> S of(Delivery delivery, S statement) {
        return statement
                .bind("workspace", delivery.workspaceId())
                .bind("webhook", delivery.webhookId())
                .bind("event", delivery.eventId())
                .bind("attempt", delivery.attempt());
    }

    /** Ends some of what nobody wants any more; returns how many. */
    static int endUnwanted(Handle handle) {
        return handle.createUpdate(END_UNWANTED).bind("limit", Purge.AT_ONCE).execute();
    }
}
