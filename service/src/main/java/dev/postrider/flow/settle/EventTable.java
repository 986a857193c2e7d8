package dev.postrider.flow.settle;

import dev.postrider.email.EmailState;
import dev.postrider.flow.settle.SettleTable.Settlement;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.NewId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes down what webhooks are to be told of settled emails, in the transaction that settles. */
final class EventTable {
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
                insert into event (workspace_id, id, type, data)
                select told.workspace_id, told.id, told.type,
                       jsonb_build_object(
                           'email_id', email.id,
                           'created_at', to_char(email.created_at at time zone 'UTC',
                                                 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                           'from', email.sender,
                           'to', recipients.addresses,
                           'subject', email.subject,
                           'message_id', email.message_id,
                           'mailbox_id', email.mailbox_id,
                           'state', email.state,
                           'reason', told.reason)
                       || case told.type
                              when 'email.bounced' then jsonb_build_object(
                                  'refused', recipients.refused,
                                  'bounce', jsonb_build_object(
                                      'type', 'Permanent',
                                      'subType', 'General',
                                      'message', told.reason,
                                      'diagnosticCode', recipients.replies))
                              when 'email.failed' then jsonb_build_object(
                                  'failed', jsonb_build_object('reason', told.reason))
                              else '{}'
                          end
                from told
                join email
                  on email.workspace_id = told.workspace_id
                 and email.id = told.email_id
                cross join lateral (
                    select coalesce(jsonb_agg(address order by position)
                                        filter (where kind = 'to'), '[]') as addresses,
                           coalesce(jsonb_agg(address order by position)
                                        filter (where state = 'refused'), '[]') as refused,
                           coalesce(jsonb_agg('smtp; ' || concat_ws(' ', code, enhanced, reply)
                                              order by position)
                                        filter (where state = 'refused' and code is not null), '[]')
                               as replies
                    from recipient
                    where recipient.workspace_id = told.workspace_id
                      and recipient.email_id = told.email_id
                ) as recipients
                where (told.workspace_id, told.id) in (select workspace_id, id from wanted)
            )
            insert into delivery (workspace_id, webhook_id, event_id, due_at)
            select workspace_id, webhook_id, id, now()
            from wanted
            """;

    private EventTable() {}

    static void insert(Handle handle, List<Settlement> settled) {
        record Row(Settlement of, UUID id, String type) {}
        var rows = new ArrayList<Row>();
        for (var one : settled) {
            types(one).forEach(type -> rows.add(new Row(one, NewId.get(), type)));
        }
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT)
                .bind("workspaces", Column.of(rows, UUID.class, row -> row.of().workspace()))
                .bind("emails", Column.of(rows, UUID.class, row -> row.of().email()))
                .bind("ids", Column.of(rows, UUID.class, Row::id))
                .bind("types", Column.of(rows, String.class, Row::type))
                .bind("reasons", Column.of(rows, String.class, row -> row.of().reason()))
                .execute();
    }

    private static List<String> types(Settlement one) {
        var types = new ArrayList<String>();
        var isRefused =
                one.next().decided().stream()
                        .anyMatch(decided -> decided.state().equals("refused"));
        if (isRefused) {
            types.add("email.bounced");
        }
        switch (one.next()) {
            case Next.Ended(var state, _, _) -> {
                if (state == EmailState.SENT) {
                    types.addFirst("email.sent");
                } else if (state == EmailState.FAILED || state == EmailState.UNKNOWN) {
                    types.add("email.failed");
                }
            }
            case Next.Again _ -> {
                // the first delay is news, the later ones are the same news
                if (one.attempt().email().attempts() == 0) {
                    types.add("email.delivery_delayed");
                }
            }
            case Next.Forgotten _ -> {}
        }
        return types;
    }
}
