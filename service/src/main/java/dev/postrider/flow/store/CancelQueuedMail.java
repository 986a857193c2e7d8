package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.mailbox.QueuedMail;
import dev.postrider.postgres.Column;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Cancels emails that wait: one that its sender takes back, or all of a mailbox that goes. */
@Singleton
public final class CancelQueuedMail implements QueuedMail {
    private static final String WAITING =
            """
            select id
            from email
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at is not null
              and state in ('scheduled', 'queued')
            """;

    /** Who has got it can't be made not to have: then it ends as sent, to them. */
    private static final String CANCEL =
            """
            with waiting as (
                select email.workspace_id, email.id, got.accepted, got.everyone
                from unnest(:ids) as asked(id)
                cross join lateral (select workspace_id, id
                                    from email
                                    where workspace_id = :workspace
                                      and id = asked.id
                                      and state in ('scheduled', 'queued')
                                    limit 1) as email
                cross join lateral (select count(*) filter (where state = 'accepted') as accepted,
                                           count(*) as everyone
                                    from recipient
                                    where recipient.workspace_id = email.workspace_id
                                      and recipient.email_id = email.id) as got
            ),
            canceled as (
                update recipient
                set state = 'canceled'
                from waiting
                where recipient.workspace_id = waiting.workspace_id
                  and recipient.email_id = waiting.id
                  and recipient.state = 'open'
            )
            update email
            set state = case when waiting.accepted = 0 then 'canceled' else 'sent' end,
                reason = case
                             when waiting.accepted = 0 then :reason
                             else :reason || ' ' || waiting.accepted || ' of ' || waiting.everyone
                                  || ' recipients had got it before.'
                         end,
                due_at = null,
                finished_at = now(),
                awaited = false
            from waiting
            where email.workspace_id = waiting.workspace_id
              and email.id = waiting.id
            returning email.id, email.state, email.reason
            """;

    private static final String IS_LEFT =
            """
            select exists (
                select
                from email
                where workspace_id = :workspace
                  and mailbox_id = :mailbox
                  and due_at is not null
            )
            """;

    private static final String COUNT =
            """
            select asked.id, count(*) as emails
            from unnest(:mailboxes) as asked (id)
            cross join lateral (
                select 1
                from email
                where workspace_id = :workspace
                  and mailbox_id = asked.id
                  and due_at is not null
                limit :most
            ) as waiting
            group by asked.id
            """;

    /** Whoever removes a mailbox has locked its lane: no attempt is settled meanwhile. */
    @Override
    public void cancel(Handle handle, UUID workspaceId, UUID mailboxId, String reason) {
        var waiting =
                handle.createQuery(WAITING)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", mailboxId)
                        .mapTo(UUID.class)
                        .list();
        cancel(handle, workspaceId, waiting, reason);
    }

    /**
     * Cancels those that still wait, and tells webhooks so. No attempt may settle them meanwhile.
     *
     * @return how many
     */
    static int cancel(Handle handle, UUID workspaceId, List<UUID> ids, String reason) {
        var canceled =
                handle.createQuery(CANCEL)
                        .bind("workspace", workspaceId)
                        .bind("ids", Column.of(ids, UUID.class, id -> id))
                        .bind("reason", reason)
                        .map((row, _) ->
                                events(
                                        new EmailKey(workspaceId, row.getObject("id", UUID.class)),
                                        EmailState.of(row.getString("state")),
                                        row.getString("reason")))
                        .list();
        EventOutbox.insert(handle, canceled.stream().flatMap(List::stream).toList());
        return canceled.size();
    }

    /** That it is canceled, and that it was sent where it was. */
    private static List<EmailEvent> events(EmailKey email, EmailState state, String reason) {
        var canceled = EmailEvent.now(email, EventType.EMAIL_CANCELED, reason);
        return state == EmailState.SENT
                ? List.of(EmailEvent.now(email, EventType.EMAIL_SENT, reason), canceled)
                : List.of(canceled);
    }

    @Override
    public Map<UUID, Long> waiting(
            Handle handle, UUID workspaceId, List<UUID> mailboxes, int most) {
        return handle
                .createQuery(COUNT)
                .bind("workspace", workspaceId)
                .bind("mailboxes", Column.of(mailboxes, UUID.class, id -> id))
                .bind("most", most)
                .map((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getLong("emails")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public boolean isLeft(Handle handle, UUID workspaceId, UUID mailboxId) {
        return handle.createQuery(IS_LEFT)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .mapTo(Boolean.class)
                .one();
    }
}
