package dev.postrider.flow.store.change;

import dev.postrider.email.LaneKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/**
 * Emails that waited in a backup may have been sent since it was made. So each is marked as one
 * whose attempt had begun then, under a lease that has ended: whoever takes its lane next settles
 * it as after a crash (docs/state-machine.md). What is scheduled for a time still to come was sent
 * only if its sender has asked for an earlier one since; to send that at once would be wrong, so it
 * is counted and stays as it was, unless nothing is to be sent by itself.
 */
public final class DoubtQueuedMail {
    private static final String MAILBOXES =
            """
            select workspace_id, id
            from mailbox
            order by workspace_id, id
            """;

    /** One that was canceled isn't sent again anyway. */
    private static final String DOUBT =
            """
            update email
            set state = 'sending',
                epoch = (select epoch
                         from lane
                         where lane.workspace_id = :workspace
                           and lane.mailbox_id = :mailbox),
                begun_at = :since,
                attempts = attempts + 1,
                awaited = false,
                on_unknown = case when :report then 'report' else on_unknown end
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at is not null
              and (state = 'queued' or state = 'scheduled' and (due_at <= now() or :report))
              and asked is distinct from 'cancel'
            """;

    private static final String BEGUN =
            """
            update email
            set on_unknown = case when :report then 'report' else on_unknown end
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at is not null
              and state = 'sending'
            """;

    private static final String FOR_LATER =
            """
            select count(*)
            from email
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at is not null
              and state = 'scheduled'
              and asked is distinct from 'cancel'
            """;

    private static final String RELEASE =
            """
            update lane
            set leased_by = null,
                leased_until = null,
                rests_until = null,
                rest_reason = null
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = now(),
                count = count + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private DoubtQueuedMail() {}

    /**
     * How many of a lane's emails may have been sent.
     *
     * @param forLater those besides that are scheduled for a time still to come
     */
    public record Doubted(LaneKey lane, long emails, long forLater) {}

    /**
     * Marks them; nobody else uses the database.
     *
     * @param since when the backup was made
     * @param report whether none is to be sent again, whatever its sender chose
     * @return the lanes that have some
     */
    public static List<Doubted> since(Handle handle, Instant since, boolean report) {
        var lanes =
                handle.createQuery(MAILBOXES)
                        .map((row, _) ->
                                new LaneKey(
                                        row.getObject("workspace_id", UUID.class),
                                        row.getObject("id", UUID.class)))
                        .list();
        var doubted = new ArrayList<Doubted>();
        for (var lane : lanes) {
            update(handle, RELEASE, lane).execute();
            // first those that were begun already: the others look like them afterwards
            var emails =
                    update(handle, BEGUN, lane).bind("report", report).execute()
                            + update(handle, DOUBT, lane)
                                    .bind("since", since.atOffset(ZoneOffset.UTC))
                                    .bind("report", report)
                                    .execute();
            if (emails > 0) {
                update(handle, WAKE, lane).execute();
            }
            var forLater = of(handle.createQuery(FOR_LATER), lane).mapTo(Long.class).one();
            if (emails > 0 || forLater > 0) {
                doubted.add(new Doubted(lane, emails, forLater));
            }
        }
        return doubted;
    }

    private static Update update(Handle handle, String statement, LaneKey lane) {
        return of(handle.createUpdate(statement), lane);
    }

    private static <T extends SqlStatement<T>> T of(T statement, LaneKey lane) {
        return statement.bind("workspace", lane.workspaceId()).bind("mailbox", lane.mailboxId());
    }
}
