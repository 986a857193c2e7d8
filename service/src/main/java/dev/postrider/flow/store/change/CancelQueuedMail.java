package dev.postrider.flow.store.change;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.flow.store.EventOutbox;
import dev.postrider.mailbox.health.LatestEnds;
import dev.postrider.mailbox.health.QueuedMail;
import dev.postrider.postgres.Column;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * Who has got it can't be made not to have: then it ends as sent, to them. Who may have got it
     * can't either: as long as the mailbox can be asked it waits for what that says, with nothing
     * more to be sent, and else it ends as unknown.
     */
    private static final String CANCEL =
            """
            with waiting as (
                select email.workspace_id, email.id, email.is_in_doubt, got.accepted, got.everyone,
                       :ask and email.unknown_since is not null
                       and coalesce((select mailbox.state = 'active'
                                     from mailbox
                                     where mailbox.workspace_id = email.workspace_id
                                       and mailbox.id = email.mailbox_id), false) as is_asked_for
                from unnest(:ids) as asked(id)
                cross join lateral (select workspace_id, id, mailbox_id, unknown_since,
                                           resends > 0 or unknown_since is not null as is_in_doubt
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
                set state = case when waiting.is_in_doubt then 'unknown' else 'canceled' end
                from waiting
                where recipient.workspace_id = waiting.workspace_id
                  and recipient.email_id = waiting.id
                  and recipient.state = 'open'
                  and not waiting.is_asked_for
            )
            update email
            set state = case
                            when waiting.is_asked_for then email.state
                            when waiting.is_in_doubt then 'unknown'
                            when waiting.accepted = 0 then 'canceled'
                            else 'sent'
                        end,
                asked = case when waiting.is_asked_for then 'cancel' else email.asked end,
                reason = concat_ws(
                    ' ',
                    cast(:reason as text),
                    case when waiting.accepted > 0
                         then waiting.accepted || ' of ' || waiting.everyone
                              || ' recipients had got it before.' end,
                    case
                        when waiting.is_asked_for
                        then 'It may have been sent before: the mailbox is asked, and nothing more is sent.'
                        when waiting.is_in_doubt
                        then 'It may have been sent before: what became of an attempt is unknown.'
                    end),
                due_at = case when waiting.is_asked_for then email.due_at end,
                finished_at = case when not waiting.is_asked_for then now() end,
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
        var _ = cancel(handle, workspaceId, waiting, reason, false);
    }

    /** Cancels one for its sender; empty when it doesn't wait. */
    static Optional<Canceled> one(Handle handle, EmailKey email, String reason) {
        return cancel(handle, email.workspaceId(), List.of(email.id()), reason, true).stream()
                .findFirst();
    }

    /**
     * How an email stands that was canceled.
     *
     * @param state a final one, unless its mailbox is asked first whether it was sent
     */
    record Canceled(UUID id, EmailState state, String reason) {}

    /**
     * Cancels those that still wait, and tells webhooks so. No attempt may settle them meanwhile.
     *
     * @param ask whether their mailbox is there to be asked what became of earlier attempts
     */
    private static List<Canceled> cancel(
            Handle handle, UUID workspaceId, List<UUID> ids, String reason, boolean ask) {
        var canceled =
                handle.createQuery(CANCEL)
                        .bind("workspace", workspaceId)
                        .bind("ids", Column.of(ids, UUID.class, id -> id))
                        .bind("reason", reason)
                        .bind("ask", ask)
                        .map((row, _) ->
                                new Canceled(
                                        row.getObject("id", UUID.class),
                                        EmailState.of(row.getString("state")),
                                        row.getString("reason")))
                        .list();
        EventOutbox.insert(
                handle,
                canceled.stream()
                        .flatMap(one ->
                                events(one)
                                        .map(type ->
                                                EmailEvent.now(
                                                        new EmailKey(workspaceId, one.id()),
                                                        type,
                                                        one.reason())))
                        .toList());
        return canceled;
    }

    /** That it is canceled, and that it was sent where it was. */
    private static Stream<EventType> events(Canceled one) {
        return one.state() == EmailState.SENT
                ? Stream.of(EventType.EMAIL_SENT, EventType.EMAIL_CANCELED)
                : EventType.ofEnd(one.state()).stream();
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
    public Map<UUID, LatestEnds> latestEnds(
            Handle handle, UUID workspaceId, List<UUID> mailboxes, int most) {
        return FindLatestEnds.of(handle, workspaceId, mailboxes, most);
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
