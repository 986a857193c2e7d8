package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads and writes webhooks. Their secrets come and go sealed. */
final class WebhookTable {
    /** So many failures in a row, each after its retries, are no accident. */
    static final int MANY = 20;

    /** The wait between calls to an endpoint that has failed so often. */
    static final Duration REST = Duration.ofMinutes(1);

    /** Longer than all retries of one event take. */
    static final Duration LONGEST = Duration.ofDays(5);

    /** From when on a failing endpoint is news. */
    static final Duration LONG = Duration.ofHours(1);

    static final String TAKES_NOTHING = "The endpoint has accepted no call for 5 days.";

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
                failing_from = case when endpoint = :endpoint and status = :status then failing_from end,
                last_error = case when endpoint = :endpoint and status = :status then last_error end,
                failing_told = failing_told and endpoint = :endpoint and status = :status
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

    /**
     * A circuit breaker: an endpoint that fails again and again rests between its calls, and is
     * disabled when nothing else came of it for days.
     */
    private static final String FAILED =
            """
            update webhook
            set failures = failures + 1,
                failing_from = coalesce(failing_from, now()),
                last_error = :error,
                rests_until = greatest(
                    rests_until,
                    now() + :pause,
                    case when failures + 1 >= :many then now() + :rest end),
                status = case when failures + 1 >= :many and failing_from < now() - cast(:longest as interval)
                                  then 'disabled' else status end,
                reason = case when failures + 1 >= :many and failing_from < now() - cast(:longest as interval)
                                  then :reason end
            where workspace_id = :workspace
              and id = :webhook
              and endpoint = :endpoint
              and status = 'enabled'
            returning *
            """;

    /** Zero rows: that was told before, or isn't so. */
    private static final String TELL_FAILING =
            """
            update webhook
            set failing_told = true
            where workspace_id = :workspace
              and id = :webhook
              and endpoint = :endpoint
              and status = 'enabled'
              and not failing_told
              and failing_from < now() - cast(:long as interval)
            returning *
            """;

    private static final String TAKEN =
            """
            with before as (
                select *
                from webhook
                where workspace_id = :workspace
                  and id = :webhook
                  and endpoint = :endpoint
                  and failures > 0
                for update
            )
            update webhook
            set failures = 0,
                failing_from = null,
                last_error = null,
                failing_told = false
            from before
            where webhook.workspace_id = before.workspace_id
              and webhook.id = before.id
            returning before.*
            """;

    private static final String DISABLE =
            """
            update webhook
            set status = 'disabled',
                reason = :reason
            where workspace_id = :workspace
              and id = :webhook
              and endpoint = :endpoint
              and status = 'enabled'
            returning *
            """;

    /** The one that it replaces signs as well for a while. */
    private static final String ROTATE =
            """
            update webhook
            set previous_secret = case when :keep > interval '0' then secret end,
                previous_secret_until = case when :keep > interval '0' then now() + :keep end,
                secret = :secret
            where workspace_id = :workspace
              and id = :id
            returning *
            """;

    private static final String END_PREVIOUS =
            """
            update webhook
            set previous_secret = null,
                previous_secret_until = null
            where workspace_id = :workspace
              and id = :id
              and previous_secret_until > now()
            returning *
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

    /**
     * Counts a call that the endpoint didn't take.
     *
     * @param error why not
     * @param pause what it asked for
     * @return the webhook as it is then: perhaps disabled by that; empty when it isn't called any
     *     more
     */
    static Optional<Webhook> failed(
            Handle handle, DueWebhook webhook, String error, Duration pause) {
        return of(webhook, handle.createQuery(FAILED))
                .bind("error", error)
                .bind("pause", pause)
                .bind("many", MANY)
                .bind("rest", REST)
                .bind("longest", LONGEST)
                .bind("reason", TAKES_NOTHING)
                .map((row, _) -> read(row))
                .findOne();
    }

    /** The webhook, if it has failed for long and nobody was told. */
    static Optional<Webhook> tellFailing(Handle handle, DueWebhook webhook) {
        return of(webhook, handle.createQuery(TELL_FAILING))
                .bind("long", LONG)
                .map((row, _) -> read(row))
                .findOne();
    }

    /** The webhook as it was before a call that was taken, if it was failing. */
    static Optional<Webhook> taken(Handle handle, DueWebhook webhook) {
        return of(webhook, handle.createQuery(TAKEN)).map((row, _) -> read(row)).findOne();
    }

    /** Unless it has another endpoint meanwhile. */
    static Optional<Webhook> disable(Handle handle, DueWebhook webhook, String reason) {
        return of(webhook, handle.createQuery(DISABLE))
                .bind("reason", reason)
                .map((row, _) -> read(row))
                .findOne();
    }

    /**
     * Replaces the secret.
     *
     * @param keep how long the one before signs as well
     */
    static Optional<Webhook> rotate(
            Handle handle, UUID workspaceId, UUID id, byte[] sealed, Duration keep) {
        return handle.createQuery(ROTATE)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .bind("secret", sealed)
                .bind("keep", keep)
                .map((row, _) -> read(row))
                .findOne();
    }

    /** Ends the time of the secret before; empty when there is none. */
    static Optional<Webhook> endPrevious(Handle handle, UUID workspaceId, UUID id) {
        return handle.createQuery(END_PREVIOUS)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    static <S extends SqlStatement<S>> S of(DueWebhook webhook, S statement) {
        return statement
                .bind("workspace", webhook.workspaceId())
                .bind("webhook", webhook.id())
                .bind("endpoint", webhook.endpoint().uri().toString());
    }

    private static String[] texts(List<EventType> events) {
        return events.stream().map(EventType::text).toArray(String[]::new);
    }

    private static Webhook read(ResultSet row) throws SQLException {
        var events = (String[]) row.getArray("events").getArray();
        var failures = row.getInt("failures");
        var lastError = row.getString("last_error");
        var failingTold = row.getBoolean("failing_told");
        return new Webhook(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                Endpoint.parse(row.getString("endpoint")).orElseThrow(),
                Arrays.stream(events).map(text -> EventType.of(text).orElseThrow()).toList(),
                Webhook.Status.of(row.getString("status")).orElseThrow(),
                Optional.ofNullable(row.getString("reason")),
                time(row, "failing_from")
                        .map(since ->
                                new Webhook.Failing(
                                        since,
                                        failures,
                                        Optional.ofNullable(lastError),
                                        failingTold)),
                time(row, "rests_until").filter(Instant.now()::isBefore),
                time(row, "previous_secret_until").filter(Instant.now()::isBefore),
                time(row, "created_at").orElseThrow());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
