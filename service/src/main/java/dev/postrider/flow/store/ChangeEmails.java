package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.LaneKey;
import dev.postrider.event.EmailEvent;
import dev.postrider.event.EventType;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What an email's sender may still do with it. Safe for concurrent use. */
@Singleton
public final class ChangeEmails {
    private static final Journal JOURNAL = Journal.of("flow");

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
        NO_MAILBOX
    }

    public Changed move(Visibility scope, UUID id, Instant dueAt) {
        return change(
                "moved",
                scope,
                id,
                dueAt,
                EventType.EMAIL_SCHEDULED,
                handle -> ChangeRows.move(handle, scope.workspaceId(), id, dueAt, giveUpAfter));
    }

    /** Tries again what was refused, failed or unknown, for all who haven't got it. */
    public Changed retry(Visibility scope, UUID id, Instant now) {
        return change(
                "retried",
                scope,
                id,
                now,
                EventType.EMAIL_RETRIED,
                handle -> ChangeRows.retry(handle, scope.workspaceId(), id, giveUpAfter));
    }

    public Changed cancel(Visibility scope, UUID id) {
        var changed =
                database.of(scope.workspaceId())
                        .inTransaction(handle -> {
                            if (ChangeRows.find(handle, scope, id).isEmpty()) {
                                return Changed.NOT_FOUND;
                            }
                            var canceled = ChangeRows.cancel(handle, scope.workspaceId(), id);
                            if (canceled.isEmpty()) {
                                return Changed.TOO_LATE;
                            }
                            EventOutbox.insert(handle, canceled.get().events().toList());
                            return Changed.DONE;
                        });
        say("canceled", id, changed);
        return changed;
    }

    private interface Change {
        boolean in(Handle handle);
    }

    private Changed change(
            String what, Visibility scope, UUID id, Instant dueAt, EventType type, Change change) {
        record Result(Changed changed, Optional<LaneKey> lane) {}
        var result =
                database.of(scope.workspaceId())
                        .inTransaction(handle -> {
                            var found = ChangeRows.find(handle, scope, id);
                            if (found.isEmpty()) {
                                return new Result(Changed.NOT_FOUND, Optional.empty());
                            }
                            var lane = new LaneKey(scope.workspaceId(), found.get().mailboxId());
                            if (!ChangeRows.wake(
                                    handle, lane.workspaceId(), lane.mailboxId(), dueAt)) {
                                return new Result(Changed.NO_MAILBOX, Optional.empty());
                            }
                            if (!change.in(handle)) {
                                return new Result(Changed.TOO_LATE, Optional.empty());
                            }
                            tell(handle, scope, id, type, "");
                            return new Result(Changed.DONE, Optional.of(lane));
                        });
        result.lane().ifPresent(wakeups::laneWoken);
        say(what, id, result.changed());
        return result.changed();
    }

    private static void tell(
            Handle handle, Visibility scope, UUID id, EventType type, String reason) {
        var email = new EmailKey(scope.workspaceId(), id);
        EventOutbox.insert(handle, List.of(EmailEvent.now(email, type, reason)));
    }

    private static void say(String what, UUID id, Changed changed) {
        if (changed == Changed.DONE) {
            JOURNAL.event(what, "email", id);
        }
    }
}
