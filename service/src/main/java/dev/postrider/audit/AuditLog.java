package dev.postrider.audit;

import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes and reads the audit log. Safe for concurrent use. */
@Singleton
public record AuditLog(Database database) {
    private static final String INSERT =
            """
            insert into audit_entry
                (workspace_id, id, actor_id, actor, address, action, subject_kind, subject_id, subject,
                 outcome)
            values
                (:workspace, :id, :actor_id, :actor, :address, :action, :subject_kind, :subject_id,
                 :subject, :outcome)
            """;

    private static final String INSERT_OUTCOME =
            """
            insert into audit_outcome (workspace_id, entry_id, status, subject_id, subject)
            values (:workspace, :entry, :status, :subject_id, :subject)
            """;

    /** Of those whose outcome is still to come, and of no others. */
    private static final String INSERT_OPEN =
            """
            insert into audit_open (workspace_id, entry_id)
            values (:workspace, :entry)
            """;

    private static final String DELETE_OPEN =
            """
            delete from audit_open
            where workspace_id = :workspace
              and entry_id = :entry
            """;

    /**
     * What something is done to.
     *
     * @param kind {@code mailbox}
     * @param name as it is called now: later it may be gone
     */
    public record Subject(String kind, Optional<UUID> id, String name) {}

    /** An entry whose outcome isn't known yet. */
    public record Begun(UUID workspaceId, UUID id) {}

    /** Adds an entry of what is about to be done; what can't be written must not be done. */
    public Begun begin(Actor actor, String action, Subject subject) {
        return new Begun(
                actor.workspaceId(),
                database.of(actor.workspaceId())
                        .inTransaction(handle -> {
                            var id = insert(handle, actor, action, subject, Optional.empty());
                            handle.createUpdate(INSERT_OPEN)
                                    .bind("workspace", actor.workspaceId())
                                    .bind("entry", id)
                                    .execute();
                            return id;
                        }));
    }

    /**
     * Says what became of it.
     *
     * @param status what the caller is answered, as HTTP has it
     * @param made what came into being
     */
    public void end(Begun begun, int status, Optional<Subject> made) {
        database.of(begun.workspaceId())
                .inTransaction(handle -> {
                    handle.createUpdate(INSERT_OUTCOME)
                            .bind("workspace", begun.workspaceId())
                            .bind("entry", begun.id())
                            .bind("status", status)
                            .bind("subject_id", made.flatMap(Subject::id))
                            .bind("subject", made.map(Subject::name))
                            .execute();
                    return handle.createUpdate(DELETE_OPEN)
                            .bind("workspace", begun.workspaceId())
                            .bind("entry", begun.id())
                            .execute();
                });
    }

    /** Adds an entry of something that is decided: it is done, or was refused. */
    public void add(Actor actor, String action, Subject subject, AuditOutcome outcome) {
        database.of(actor.workspaceId())
                .inTransaction(handle -> add(handle, actor, action, subject, outcome));
    }

    /** Adds an entry in the transaction of what it tells. */
    public static UUID add(
            Handle handle, Actor actor, String action, Subject subject, AuditOutcome outcome) {
        return insert(handle, actor, action, subject, Optional.of(outcome));
    }

    /** Adds an entry in the transaction of what is done. */
    public static void addDone(Handle handle, Actor actor, String action, Subject subject) {
        add(handle, actor, action, subject, AuditOutcome.DONE);
    }

    private static UUID insert(
            Handle handle,
            Actor actor,
            String action,
            Subject subject,
            Optional<AuditOutcome> outcome) {
        var id = NewId.get();
        handle.createUpdate(INSERT)
                .bind("workspace", actor.workspaceId())
                .bind("id", id)
                .bind("actor_id", actor.id())
                .bind("actor", actor.name())
                .bind("address", actor.address())
                .bind("action", action)
                .bind("subject_kind", subject.kind())
                .bind("subject_id", subject.id())
                .bind("subject", subject.name())
                .bind("outcome", outcome.map(AuditOutcome::code))
                .execute();
        return id;
    }

    /** What became of a wish to see a page. */
    public sealed interface Read {
        record Done(Page.Items<AuditEntry> entries) implements Read {}

        /**
         * What is asked for is so rare that it wasn't found within a second or two: a shorter time
         * would do.
         *
         * @param found so far
         * @param unread where to go on
         */
        record TooRare(List<AuditEntry> found, UUID unread) implements Read {}
    }

    /** A page of entries, newest first. */
    public Read read(UUID workspaceId, AuditFilter filter, Page page) {
        var found =
                database.of(workspaceId)
                        .read(handle -> PageOfAudit.read(handle, workspaceId, filter, page));
        return found.unread()
                .<Read>map(unread -> new Read.TooRare(found.entries().items(), unread))
                .orElseGet(() -> new Read.Done(found.entries()));
    }
}
