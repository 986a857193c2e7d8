package dev.postrider.flow.store.change;

import dev.postrider.email.EmailKey;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.LaneKey;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.flow.store.EventOutbox;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What an email's sender may still do with it. Safe for concurrent use. */
@Singleton
public final class ChangeEmails {
    private static final Journal JOURNAL = Journal.of("flow");

    private static final String FIND =
            """
            select mailbox_id
            from email
            where workspace_id = :workspace
              and id = :id
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = least(due_at, greatest(cast(:due_at as timestamptz), now())),
                count = count + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private static final String MOVE =
            """
            update email
            set state = case when cast(:due_at as timestamptz) > now() then 'scheduled' else 'queued' end,
                due_at = greatest(cast(:due_at as timestamptz), now()),
                scheduled_at = :due_at,
                give_up_at = greatest(cast(:due_at as timestamptz), now()) + cast(:patience as interval)
            where workspace_id = :workspace
              and id = :id
              and state = 'scheduled'
            returning due_at, dated
            """;

    private static final String BEGINNING =
            """
            select substring(bytes from 1 for :longest)
            from email_content
            where workspace_id = :workspace
              and email_id = :id
            """;

    /** The email is locked by its move, so no attempt reads the message meanwhile. */
    private static final String DATE =
            """
            with dated as (
                update email_content
                set bytes = :line || substring(bytes from :behind)
                where workspace_id = :workspace
                  and email_id = :id
                returning octet_length(bytes) as octets
            )
            update email
            set octets = dated.octets
            from dated
            where workspace_id = :workspace
              and id = :id
            """;

    /** Before a look at it or its recipients: no attempt settles it meanwhile. */
    private static final String LOCK =
            """
            select 1
            from email
            where workspace_id = :workspace
              and id = :id
            for no key update
            """;

    private static final String CANCELED = "Canceled.";

    private final Database database;
    private final Wakeups wakeups;
    private final Duration giveUpAfter;

    /**
     * @param giveUpAfter how long an email is tried once it is due
     */
    public ChangeEmails(Database database, Wakeups wakeups, GiveUpAfter giveUpAfter) {
        this.database = database;
        this.wakeups = wakeups;
        this.giveUpAfter = giveUpAfter.duration();
    }

    /** What became of a wish. */
    public enum Changed {
        DONE,
        NOT_FOUND,
        /** The email is in a state from which no arrow leads there. */
        TOO_LATE,
        NO_MAILBOX,
        /** The mailbox that it is to move to doesn't send as the email's author. */
        OTHER_SENDER
    }

    public Changed reschedule(Visibility scope, ChangedBy by, UUID id, Instant dueAt) {
        return change(
                "moved",
                scope,
                id,
                dueAt,
                EventType.EMAIL_SCHEDULED,
                (handle, email) -> {
                    var isMoved = move(handle, email, dueAt);
                    if (isMoved) {
                        new RecordChange(handle, email, by).rescheduled(dueAt);
                    }
                    return isMoved;
                });
    }

    /** Tries again what was refused, failed or unknown, for all who haven't got it. */
    public Changed retry(Visibility scope, ChangedBy by, UUID id, Instant now) {
        return change(
                "retried",
                scope,
                id,
                now,
                EventType.EMAIL_RETRIED,
                (handle, email) -> {
                    var isRetried = RetryEmail.in(handle, email, giveUpAfter);
                    if (isRetried) {
                        new RecordChange(handle, email, by).retried();
                    }
                    return isRetried;
                });
    }

    /**
     * Moves what waits to another mailbox, which sends it when it would have been sent.
     *
     * @param to which the caller may use
     * @param addresses which that sends as, in lower case
     */
    public Changed move(Visibility scope, ChangedBy by, UUID id, UUID to, List<String> addresses) {
        var lane = new LaneKey(scope.workspaceId(), to);
        var changed =
                database.of(scope.workspaceId())
                        .inTransaction(handle -> {
                            if (mailbox(handle, scope, id).isEmpty()) {
                                return Changed.NOT_FOUND;
                            }
                            if (!wake(handle, lane, Instant.EPOCH)) {
                                return Changed.NO_MAILBOX;
                            }
                            var email = new EmailKey(scope.workspaceId(), id);
                            lock(handle, email);
                            var from = mailbox(handle, scope, id);
                            var moved = MoveEmail.in(handle, email, to, addresses);
                            if (moved == Changed.DONE) {
                                new RecordChange(handle, email, by).moved(from.orElseThrow(), to);
                            }
                            return moved;
                        });
        if (changed == Changed.DONE) {
            wakeups.laneWoken(lane);
        }
        log("moved", id, changed);
        return changed;
    }

    public Cancellation cancel(Visibility scope, ChangedBy by, UUID id) {
        var email = new EmailKey(scope.workspaceId(), id);
        var changed =
                database.of(scope.workspaceId())
                        .inTransaction(handle -> {
                            if (mailbox(handle, scope, id).isEmpty()) {
                                return new Cancellation.NotFound();
                            }
                            lock(handle, email);
                            var canceled = CancelQueuedMail.one(handle, email, CANCELED);
                            if (canceled.isPresent()) {
                                new RecordChange(handle, email, by).canceled();
                            }
                            return canceled.<Cancellation>map(
                                            one -> new Cancellation.Done(one.state(), one.reason()))
                                    .orElseGet(Cancellation.TooLate::new);
                        });
        if (changed instanceof Cancellation.Done(var state, _)) {
            JOURNAL.event("canceled", "email", id, "state", state.text());
        }
        return changed;
    }

    private interface Change {
        boolean in(Handle handle, EmailKey email);
    }

    /** The wake is locked before the email, as by all others who lock both. */
    private Changed change(
            String what, Visibility scope, UUID id, Instant dueAt, EventType type, Change change) {
        record Result(Changed changed, Optional<LaneKey> lane) {
            static Result not(Changed why) {
                return new Result(why, Optional.empty());
            }
        }
        var result =
                database.of(scope.workspaceId())
                        .inTransaction(handle -> {
                            var mailbox = mailbox(handle, scope, id);
                            if (mailbox.isEmpty()) {
                                return Result.not(Changed.NOT_FOUND);
                            }
                            var lane = new LaneKey(scope.workspaceId(), mailbox.get());
                            if (!wake(handle, lane, dueAt)) {
                                return Result.not(Changed.NO_MAILBOX);
                            }
                            var email = new EmailKey(scope.workspaceId(), id);
                            if (!change.in(handle, email)) {
                                return Result.not(Changed.TOO_LATE);
                            }
                            EventOutbox.insert(handle, List.of(EmailEvent.now(email, type, "")));
                            return new Result(Changed.DONE, Optional.of(lane));
                        });
        result.lane().ifPresent(wakeups::laneWoken);
        log(what, id, result.changed());
        return result.changed();
    }

    private static void lock(Handle handle, EmailKey email) {
        var _ = of(email, handle.createQuery(LOCK)).mapTo(Integer.class).findOne();
    }

    private static void log(String what, UUID id, Changed changed) {
        if (changed == Changed.DONE) {
            JOURNAL.event(what, "email", id);
        }
    }

    /** The mailbox of an email that the caller may change. */
    private static Optional<UUID> mailbox(Handle handle, Visibility scope, UUID id) {
        return scope.bind(handle.createQuery(FIND)).bind("id", id).mapTo(UUID.class).findOne();
    }

    /** Wakes a lane for that time; false when its mailbox is gone. */
    private static boolean wake(Handle handle, LaneKey lane, Instant dueAt) {
        return handle.createUpdate(WAKE)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .bind("due_at", dueAt.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /** False when it is scheduled no more. Its Date moves along. */
    private boolean move(Handle handle, EmailKey email, Instant dueAt) {
        record Moved(Instant dueAt, boolean dated) {}
        var moved =
                of(email, handle.createQuery(MOVE))
                        .bind("due_at", dueAt.atOffset(ZoneOffset.UTC))
                        .bind("patience", giveUpAfter)
                        .map((row, _) ->
                                new Moved(
                                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                                        row.getBoolean("dated")))
                        .findOne();
        moved.filter(Moved::dated).ifPresent(each -> date(handle, email, each.dueAt()));
        return moved.isPresent();
    }

    private static void date(Handle handle, EmailKey email, Instant dueAt) {
        var beginning =
                of(email, handle.createQuery(BEGINNING))
                        .bind("longest", DateHeader.LONGEST)
                        .mapTo(byte[].class)
                        .one();
        of(email, handle.createUpdate(DATE))
                .bind("line", DateHeader.of(dueAt))
                .bind("behind", DateHeader.length(beginning) + 1)
                .execute();
    }

    private static <S extends SqlStatement<S>> S of(EmailKey email, S statement) {
        return statement.bind("workspace", email.workspaceId()).bind("id", email.id());
    }
}
