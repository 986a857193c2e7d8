package dev.postrider.flow.webhook;

import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Finds which of a webhook's deliveries stand on a page, by the events' ids, which are in the order
 * in which they happened. There is a statement for each filter that alone may leave little of a
 * long history, so that no page walks past millions of others.
 */
final class PageOfDeliveries {
    /** All, or what most are. */
    private static final String OF_WEBHOOK =
            """
            select delivery.event_id as id
            from delivery
            cross join lateral (
                select
                from event
                where event.workspace_id = delivery.workspace_id
                  and event.id = delivery.event_id
                  and (cast(:types as text[]) is null or event.type = any (:types))
                limit 1
            ) as event
            where delivery.workspace_id = :workspace
              and delivery.webhook_id = :webhook
              and (cast(:states as text[]) is null or delivery.state = any (:states))
              and delivery.event_id > :above
              and delivery.event_id < :below
            order by delivery.event_id desc
            limit :rows
            """;

    /** What has failed, and what waits; that is sorted, however many there are. */
    private static final String UNDELIVERED =
            """
            select id
            from (
                (select delivery.event_id as id
                 from delivery
                 cross join lateral (
                     select
                     from event
                     where event.workspace_id = delivery.workspace_id
                       and event.id = delivery.event_id
                       and (cast(:types as text[]) is null or event.type = any (:types))
                     limit 1
                 ) as event
                 where delivery.workspace_id = :workspace
                   and delivery.webhook_id = :webhook
                   and delivery.state = 'failed'
                   and 'failed' = any (:states)
                   and delivery.event_id > :above
                   and delivery.event_id < :below
                 order by delivery.event_id desc
                 limit :rows)
                union all
                (select waiting.event_id as id
                 from (
                     select workspace_id, event_id
                     from delivery
                     where workspace_id = :workspace
                       and webhook_id = :webhook
                       and due_at is not null
                       and 'pending' = any (:states)
                     order by replayed, due_at
                     offset 0
                 ) as waiting
                 cross join lateral (
                     select
                     from event
                     where event.workspace_id = waiting.workspace_id
                       and event.id = waiting.event_id
                       and (cast(:types as text[]) is null or event.type = any (:types))
                     limit 1
                 ) as event
                 where waiting.event_id > :above
                   and waiting.event_id < :below
                 order by waiting.event_id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    /** Of types that are seldom among what is told. */
    private static final String OF_TYPES =
            """
            select page.id
            from unnest(:types) as wanted(type)
            cross join lateral (
                select event.id
                from event
                cross join lateral (
                    select
                    from delivery
                    where delivery.workspace_id = event.workspace_id
                      and delivery.webhook_id = :webhook
                      and delivery.event_id = event.id
                      and (cast(:states as text[]) is null or delivery.state = any (:states))
                    limit 1
                ) as delivery
                where event.workspace_id = :workspace
                  and event.type <> 'email.sent'
                  and (event.type, event.id) > (wanted.type, :above)
                  and (event.type, event.id) < (wanted.type, :below)
                order by event.type desc, event.id desc
                limit :rows
            ) as page
            order by page.id desc
            limit :rows
            """;

    private static final String OF_EMAIL =
            """
            select event.id
            from event
            cross join lateral (
                select
                from delivery
                where delivery.workspace_id = event.workspace_id
                  and delivery.webhook_id = :webhook
                  and delivery.event_id = event.id
                  and (cast(:states as text[]) is null or delivery.state = any (:states))
                limit 1
            ) as delivery
            where event.workspace_id = :workspace
              and event.email_id is not null
              and (event.email_id, event.id) > (:email, :above)
              and (event.email_id, event.id) < (:email, :below)
              and (cast(:types as text[]) is null or event.type = any (:types))
            order by event.email_id desc, event.id desc
            limit :rows
            """;

    private PageOfDeliveries() {}

    static Page.Items<UUID> ids(
            Handle handle, UUID workspaceId, UUID webhookId, DeliveryFilter filter, Page page) {
        return Keyset.of(page)
                .created(filter.createdAfter(), filter.createdBefore())
                .read(
                        handle,
                        statement(filter),
                        query ->
                                query.configure(
                                                SqlStatements.class,
                                                all -> all.setUnusedBindingAllowed(true))
                                        .bind("workspace", workspaceId)
                                        .bind("webhook", webhookId)
                                        .bind("states", filter.stateTexts())
                                        .bind("types", filter.typeTexts())
                                        .bind("email", filter.email()),
                        (row, _) -> row.getObject("id", UUID.class));
    }

    private static String statement(DeliveryFilter filter) {
        if (filter.email().isPresent()) {
            return OF_EMAIL;
        }
        if (filter.isOfUndelivered()) {
            return UNDELIVERED;
        }
        return filter.isOfRareTypes() ? OF_TYPES : OF_WEBHOOK;
    }
}
