package dev.postrider.flow.track;

import dev.postrider.email.EmailKey;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.LaneKey;
import dev.postrider.event.EventTable;
import dev.postrider.event.EventType;
import dev.postrider.event.Happened;
import dev.postrider.http.Page;
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

/** The emails that were accepted. Safe for concurrent use. */
@Singleton
public final class Emails {
    private static final Journal JOURNAL = Journal.of("flow");

    private final Database database;
    private final Wakeups wakeups;
    private final Duration giveUpAfter;

    /**
     * @param giveUpAfter how long an email is tried once it is due
     */
    public Emails(Database database, Wakeups wakeups, GiveUpAfter giveUpAfter) {
        this.database = database;
        this.wakeups = wakeups;
        this.giveUpAfter = giveUpAfter.duration();
    }

    Page.Items<ReadTable.Row> list(Scope scope, Filter filter, Page page) {
        return database.read(handle -> {
            var ids = page.of(PageTable.ids(handle, scope, filter, page));
            var rows =
                    ids.items().isEmpty()
                            ? List.<ReadTable.Row>of()
                            : ReadTable.emails(handle, scope, ids.items());
            return new Page.Items<>(rows, ids.hasMore());
        });
    }

    Optional<EmailAnswer> find(Scope scope, UUID id) {
        return database.read(handle ->
                ReadTable.emails(handle, scope, List.of(id)).stream()
                        .findFirst()
                        .map(row ->
                                EmailAnswer.of(
                                        row,
                                        ReadTable.attempts(handle, scope.workspaceId(), id),
                                        MessageParts.of(
                                                ReadTable.content(
                                                        handle, scope.workspaceId(), id)))));
    }

    /** An email's bytes as they are sent. */
    Optional<byte[]> content(Scope scope, UUID id) {
        return database.read(handle ->
                ChangeTable.find(handle, scope, id)
                        .map(_ -> ReadTable.content(handle, scope.workspaceId(), id)));
    }

    /** The same for whoever has a ticket, while the user who got it may see the email. */
    Optional<byte[]> content(DownloadTicket ticket) {
        return database.read(handle -> ReadTable.content(handle, ticket));
    }

    /** What became of a wish. */
    enum Changed {
        DONE,
        NOT_FOUND,
        /** The email is in a state from which no arrow leads there. */
        TOO_LATE,
        NO_MAILBOX
    }

    Changed move(Scope scope, UUID id, Instant dueAt) {
        return change(
                "moved",
                scope,
                id,
                dueAt,
                EventType.EMAIL_SCHEDULED,
                handle -> ChangeTable.move(handle, scope.workspaceId(), id, dueAt, giveUpAfter));
    }

    /** Tries again what was refused, failed or unknown, for all who haven't got it. */
    Changed retry(Scope scope, UUID id, Instant now) {
        return change(
                "retried",
                scope,
                id,
                now,
                EventType.EMAIL_RETRIED,
                handle -> ChangeTable.retry(handle, scope.workspaceId(), id, giveUpAfter));
    }

    Changed cancel(Scope scope, UUID id) {
        var changed =
                database.inTransaction(handle -> {
                    if (ChangeTable.find(handle, scope, id).isEmpty()) {
                        return Changed.NOT_FOUND;
                    }
                    if (!ChangeTable.cancel(handle, scope.workspaceId(), id)) {
                        return Changed.TOO_LATE;
                    }
                    tell(handle, scope, id, EventType.EMAIL_CANCELED, ChangeTable.WITHDRAWN);
                    return Changed.DONE;
                });
        say("canceled", id, changed);
        return changed;
    }

    private interface Change {
        boolean in(Handle handle);
    }

    private Changed change(
            String what, Scope scope, UUID id, Instant dueAt, EventType type, Change change) {
        record Result(Changed changed, Optional<LaneKey> lane) {}
        var result =
                database.inTransaction(handle -> {
                    var found = ChangeTable.find(handle, scope, id);
                    if (found.isEmpty()) {
                        return new Result(Changed.NOT_FOUND, Optional.empty());
                    }
                    var lane = new LaneKey(scope.workspaceId(), found.get().mailboxId());
                    if (!ChangeTable.wake(handle, lane.workspaceId(), lane.mailboxId(), dueAt)) {
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

    private static void tell(Handle handle, Scope scope, UUID id, EventType type, String reason) {
        var email = new EmailKey(scope.workspaceId(), id);
        EventTable.insert(handle, List.of(Happened.now(email, type, reason)));
    }

    private static void say(String what, UUID id, Changed changed) {
        if (changed == Changed.DONE) {
            JOURNAL.event(what, "email", id);
        }
    }
}
