package dev.postrider.mailbox;

import dev.postrider.credential.grant.GrantListener;
import dev.postrider.credential.provider.Provider;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.notify.TellAppEvents;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What becomes of grants, as it concerns their mailboxes. */
@Singleton
final class FollowGrants implements GrantListener {
    private static final Journal JOURNAL = Journal.of("flow");

    /**
     * Their lanes rest, for nobody could say until when. Locked in the order of those who queue.
     */
    private static final String WAKE_ALL =
            """
            with resting as (
                select wake.workspace_id, wake.mailbox_id
                from wake
                join oauth_grant using (workspace_id, mailbox_id)
                where oauth_grant.provider = :provider
                  and oauth_grant.app = :app
                order by wake.workspace_id, wake.mailbox_id
                for no key update of wake
            )
            update wake
            set due_at = now(),
                count = count + 1
            from resting
            where wake.workspace_id = resting.workspace_id
              and wake.mailbox_id = resting.mailbox_id
            """;

    private final MailboxEvents events;

    FollowGrants(MailboxEvents events) {
        this.events = events;
    }

    @Override
    public void ended(
            Handle handle,
            UUID workspaceId,
            UUID mailboxId,
            long version,
            String code,
            String reason) {
        var why = new HoldReason(code, reason);
        if (ChangeMailboxState.hold(handle, workspaceId, mailboxId, version, why)) {
            events.tell(handle, workspaceId, mailboxId, new MailboxEvent.Held());
            JOURNAL.warning("mailbox held", "mailbox", mailboxId, "code", code);
        }
    }

    @Override
    public void expiring(Handle handle, UUID workspaceId, UUID mailboxId, Instant endsAt) {
        events.tell(handle, workspaceId, mailboxId, new MailboxEvent.Expiring(endsAt));
        JOURNAL.warning("grant ends soon", "mailbox", mailboxId, "at", endsAt);
    }

    @Override
    public void appFailing(Handle handle, Provider provider, String app, String problem) {
        TellAppEvents.failing(handle, provider, app, problem);
    }

    @Override
    public void appRecovered(Handle handle, Provider provider, String app) {
        handle.createUpdate(WAKE_ALL).bind("provider", provider.text()).bind("app", app).execute();
        TellAppEvents.recovered(handle, provider, app);
    }
}
