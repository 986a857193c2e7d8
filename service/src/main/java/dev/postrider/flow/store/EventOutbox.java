package dev.postrider.flow.store;

import dev.postrider.event.EmailEvent;
import dev.postrider.postgres.Column;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes down what webhooks are to be told, in the transaction in which it happens. */
public final class EventOutbox {
    /**
     * Only what some enabled webhook of the workspace wants: without webhooks this costs one look
     * into an index. {@code recipient} has the replies already.
     */
    private static final String INSERT =
            """
            with told as (
                select *
                from unnest(:workspaces, :emails, :ids, :types, :reasons)
                    as told(workspace_id, email_id, id, type, reason)
            ),
            wanted as (
                select told.workspace_id, told.id, webhook.id as webhook_id
                from told
                join webhook
                  on webhook.workspace_id = told.workspace_id
                 and webhook.status = 'enabled'
                 and told.type = any (webhook.events)
            ),
            happened as (
                insert into event (workspace_id, id, type, email_id, data)
                select told.workspace_id, told.id, told.type, told.email_id,
                       jsonb_build_object(
                           'email_id', email.id,
                           'created_at', to_char(email.created_at at time zone 'UTC',
                                                 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                           'from', coalesce(email.author, email.sender),
                           'to', recipients.addresses,
                           'subject', email.subject,
                           'message_id', email.message_id,
                           'headers', coalesce(email.headers, '[]'),
                           'tags', coalesce(email.tags, '{}'),
                           'mailbox_id', email.mailbox_id,
                           'state', email.state,
                           'reason', case told.type
                                         when 'email.bounced' then recipients.words
                                         else nullif(told.reason, '')
                                     end)
                       || case told.type
                              when 'email.bounced' then jsonb_build_object(
                                  'refused', recipients.refused,
                                  'recipients', recipients.bounced,
                                  'bounce', jsonb_build_object(
                                      'type', 'Permanent',
                                      'subType', 'General',
                                      'message', recipients.words,
                                      'diagnosticCode', recipients.replies))
                              when 'email.canceled' then jsonb_build_object(
                                  'accepted', recipients.accepted,
                                  'canceled', recipients.canceled)
                              when 'email.scheduled' then jsonb_build_object(
                                  'scheduled_at', to_char(email.scheduled_at at time zone 'UTC',
                                                          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                              when 'email.failed' then jsonb_build_object(
                                  'failed', jsonb_build_object('reason', told.reason))
                              else '{}'
                          end
                from told
                join email
                  on email.workspace_id = told.workspace_id
                 and email.id = told.email_id
                cross join lateral (
                    select coalesce(jsonb_agg(coalesce(written, address) order by position)
                                        filter (where kind = 'to'), '[]') as addresses,
                           coalesce(jsonb_agg(address order by position)
                                        filter (where state = 'refused'), '[]') as refused,
                           coalesce(jsonb_agg('smtp; ' || concat_ws(' ', code, enhanced, reply)
                                              order by position)
                                        filter (where state = 'refused' and code is not null), '[]')
                               as replies,
                           coalesce(jsonb_agg(address order by position)
                                        filter (where state = 'accepted'), '[]') as accepted,
                           coalesce(jsonb_agg(address order by position)
                                        filter (where state = 'canceled'), '[]') as canceled,
                           jsonb_agg(jsonb_build_object(
                                         'address', address, 'code', code,
                                         'enhanced_code', enhanced, 'reply', reply)
                                     order by position) filter (where state = 'refused') as bounced,
                           coalesce(string_agg(address || ': ' || concat_ws(' ', code, enhanced, reply),
                                               '; ' order by position)
                                        filter (where state = 'refused' and code is not null),
                                    told.reason) as words
                    from recipient
                    where recipient.workspace_id = told.workspace_id
                      and recipient.email_id = told.email_id
                ) as recipients
                where (told.workspace_id, told.id) in (select workspace_id, id from wanted)
                on conflict (workspace_id, id) do nothing
            )
            insert into delivery (workspace_id, webhook_id, event_id, due_at)
            select workspace_id, webhook_id, id, now()
            from wanted
            on conflict (workspace_id, webhook_id, event_id) do nothing
            """;

    /** So many at once, however many emails a mailbox that is removed had. */
    private static final int BATCH = 5_000;

    private EventOutbox() {}

    public static void insert(Handle handle, List<EmailEvent> happened) {
        for (var from = 0; from < happened.size(); from += BATCH) {
            insertSome(handle, happened.subList(from, Math.min(from + BATCH, happened.size())));
        }
    }

    private static void insertSome(Handle handle, List<EmailEvent> some) {
        handle.createUpdate(INSERT)
                .bind("workspaces", Column.of(some, UUID.class, each -> each.email().workspaceId()))
                .bind("emails", Column.of(some, UUID.class, each -> each.email().id()))
                .bind("ids", Column.of(some, UUID.class, EmailEvent::id))
                .bind("types", Column.of(some, String.class, each -> each.type().text()))
                .bind("reasons", Column.of(some, String.class, EmailEvent::reason))
                .execute();
    }
}
