package dev.postrider.flow.store.change;

import dev.postrider.email.EmailKey;
import dev.postrider.flow.store.count.HourTable;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Queues an email again that came to a bad end, for all who haven't got it. */
final class RetryEmail {
    /**
     * What may have arrived once already isn't to be called failed if this comes to nothing, and is
     * looked for first: SMTP can't, and any other way of sending says at its turn whether it can.
     */
    private static final String RETRY =
            """
            update email
            set state = 'queued',
                reason = null,
                due_at = now(),
                finished_at = null,
                resends = case when state = 'unknown' then greatest(resends, 1) else resends end,
                unknown_since = case
                    when state <> 'unknown' then null
                    when unknown_since is not null then unknown_since
                    when exists (select
                                 from mailbox
                                 where mailbox.workspace_id = email.workspace_id
                                   and mailbox.id = email.mailbox_id
                                   and mailbox.provider <> 'smtp')
                    then coalesce((select max(begun_at)
                                   from attempt
                                   where attempt.workspace_id = email.workspace_id
                                     and attempt.email_id = email.id
                                     and outcome = 'unknown'),
                                  created_at)
                end,
                asked = case when state = 'unknown' then 'retry' end,
                give_up_at = now() + cast(:patience as interval)
            where workspace_id = :workspace
              and id = :id
              and state in ('refused', 'failed', 'unknown')
              and exists (
                  select
                  from recipient
                  where recipient.workspace_id = email.workspace_id
                    and recipient.email_id = email.id
                    and recipient.state <> 'accepted'
              )
            """;

    private static final String REOPEN_RECIPIENTS =
            """
            update recipient
            set state = 'open',
                code = null,
                enhanced = null,
                reply = null
            where workspace_id = :workspace
              and email_id = :id
              and state <> 'accepted'
            """;

    private RetryEmail() {}

    /**
     * Queues it; its lane is woken by whoever asks.
     *
     * @param patience how long it is tried
     * @return false when it came to no bad end
     */
    static boolean in(Handle handle, EmailKey email, Duration patience) {
        var isRetried =
                handle.createUpdate(RETRY)
                                .bind("workspace", email.workspaceId())
                                .bind("id", email.id())
                                .bind("patience", patience)
                                .execute()
                        == 1;
        if (isRetried) {
            handle.createUpdate(REOPEN_RECIPIENTS)
                    .bind("workspace", email.workspaceId())
                    .bind("id", email.id())
                    .execute();
            HourTable.forget(handle, email);
        }
        return isRetried;
    }
}
