package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/**
 * Gives lanes back that a node has leased, each in the way in which its round ended. Whoever has
 * lost the lease meanwhile changes nothing.
 */
public final class GiveBackLanes {
    private static final String WAKES =
            """
            select count
            from wake
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    /** Before the wake, as everyone who locks both does; it keeps out who has lost the lease. */
    private static final String LOCK =
            """
            select 1
            from lane
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and epoch = :epoch
            for no key update
            """;

    /** Only at the count that was read before the last look for due emails, see V1__schema.sql. */
    private static final String REST =
            """
            update wake
            set due_at = (select min(earliest.due_at)
                          from (values (0), (1), (2), (3)) as each(priority)
                          cross join lateral (select due_at
                                              from email
                                              where workspace_id = :workspace
                                                and mailbox_id = :mailbox
                                                and priority = each.priority
                                                and due_at is not null
                                              order by due_at
                                              limit 1) as earliest)
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and count = :wakes
            """;

    private static final String SLEEP =
            """
            update wake
            set due_at = null
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and count = :wakes
            """;

    /** Its turn comes after those of the lanes that wait already. */
    private static final String QUEUE_UP =
            """
            update wake
            set due_at = now()
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at < now()
            """;

    private static final String GIVE_BACK =
            """
            update lane
            set leased_by = null,
                leased_until = null,
                failures = 0
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and epoch = :epoch
            """;

    private static final String PAUSE =
            """
            update lane
            set leased_by = null,
                leased_until = null,
                rests_until = now() + make_interval(secs => :seconds),
                rest_reason = :reason,
                failures = 0
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and epoch = :epoch
            returning rests_until
            """;

    /** 5, 10, 20 … seconds, at most a quarter of an hour, half of it by chance. */
    private static final String PAUSE_AFTER_FAILURE =
            """
            update lane
            set leased_by = null,
                leased_until = null,
                rests_until = now() + make_interval(
                    secs => least(900, 5 * power(2, least(failures, 20))) * (0.5 + random() / 2)),
                rest_reason = :reason,
                failures = failures + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and epoch = :epoch
            returning extract(epoch from rests_until - now())
            """;

    private final Database database;

    public GiveBackLanes(Database database) {
        this.database = database;
    }

    /** How often the lane was woken so far. */
    public long wakes(LaneKey lane) {
        return database.read(handle ->
                handle.createQuery(WAKES)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    /**
     * Gives a lane back, to be taken again when its next email is due.
     *
     * @param wakes the count read before the last look for due emails
     * @return false when it was woken since: it is not given back, look again
     */
    public boolean giveBack(Lease lease, long wakes) {
        return end(REST, lease, wakes);
    }

    /**
     * Gives back a lane whose mailbox doesn't send; whoever lets it send again wakes it.
     *
     * @param wakes the count read before the mailbox was looked at
     * @return false when it was woken since: it is not given back, look again
     */
    public boolean putToSleep(Lease lease, long wakes) {
        return end(SLEEP, lease, wakes);
    }

    private boolean end(String statement, Lease lease, long wakes) {
        return database.inTransaction(handle -> {
            var quiet =
                    isHeld(handle, lease)
                            && handle.createUpdate(statement)
                                            .bind("workspace", lease.lane().workspaceId())
                                            .bind("mailbox", lease.lane().mailboxId())
                                            .bind("wakes", wakes)
                                            .execute()
                                    == 1;
            if (quiet) {
                release(handle, lease);
            }
            return quiet;
        });
    }

    private static boolean isHeld(Handle handle, Lease lease) {
        return handle.createQuery(LOCK)
                .bind("workspace", lease.lane().workspaceId())
                .bind("mailbox", lease.lane().mailboxId())
                .bind("epoch", lease.epoch())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** What is done in the transaction in which a lane comes to rest. */
    @FunctionalInterface
    public interface Resting {
        void until(Handle handle, Instant time);
    }

    /**
     * Gives a lane back that nobody takes for a while: its provider wants a pause.
     *
     * @param resting isn't called when the lane is another node's by now
     */
    public void giveBackToRest(Lease lease, Duration pause, String reason, Resting resting) {
        database.inTransaction(handle -> {
            var until =
                    handle.createQuery(PAUSE)
                            .bind("workspace", lease.lane().workspaceId())
                            .bind("mailbox", lease.lane().mailboxId())
                            .bind("epoch", lease.epoch())
                            .bind("seconds", seconds(pause))
                            .bind("reason", reason)
                            .mapTo(OffsetDateTime.class)
                            .findOne();
            until.ifPresent(time -> resting.until(handle, time.toInstant()));
            return until.isPresent();
        });
    }

    /**
     * Gives a lane back whose server can't be reached: the more often in a row, the longer it
     * rests.
     *
     * @return for how many seconds; 0 when the lane was another node's
     */
    public long giveBackAfterFailure(Lease lease, String reason) {
        return database.inTransaction(handle ->
                handle.createQuery(PAUSE_AFTER_FAILURE)
                        .bind("reason", reason)
                        .bind("workspace", lease.lane().workspaceId())
                        .bind("mailbox", lease.lane().mailboxId())
                        .bind("epoch", lease.epoch())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    /** Gives a lane back that has work left: this node stops, or others have their turn. */
    public void giveBackUnfinished(Lease lease) {
        database.inTransaction(handle ->
                release(handle, lease) == 1
                        && handle.createUpdate(QUEUE_UP)
                                        .bind("workspace", lease.lane().workspaceId())
                                        .bind("mailbox", lease.lane().mailboxId())
                                        .execute()
                                == 1);
    }

    private static int release(Handle handle, Lease lease) {
        return handle.createUpdate(GIVE_BACK)
                .bind("workspace", lease.lane().workspaceId())
                .bind("mailbox", lease.lane().mailboxId())
                .bind("epoch", lease.epoch())
                .execute();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
