package dev.postrider.audit;

import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

    private static final String PAGE =
            """
            select
                e.id, e.at, e.actor_id, e.actor, e.address, e.action, e.subject_kind, e.outcome,
                o.status,
                coalesce(o.subject_id, e.subject_id) as subject_id,
                coalesce(o.subject, e.subject) as subject
            from audit_entry e
            left join audit_outcome o on o.workspace_id = e.workspace_id and o.entry_id = e.id
            where e.workspace_id = :workspace
              and e.id > :above
              and e.id < :below
            order by e.id desc
            limit :rows
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
                        .inTransaction(handle ->
                                insert(handle, actor, action, subject, Optional.empty())));
    }

    /**
     * Says what became of it.
     *
     * @param status what the caller is answered, as HTTP has it
     * @param made what came into being
     */
    public void end(Begun begun, int status, Optional<Subject> made) {
        database.of(begun.workspaceId())
                .inTransaction(handle ->
                        handle.createUpdate(INSERT_OUTCOME)
                                .bind("workspace", begun.workspaceId())
                                .bind("entry", begun.id())
                                .bind("status", status)
                                .bind("subject_id", made.flatMap(Subject::id))
                                .bind("subject", made.map(Subject::name))
                                .execute());
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

    public Page.Items<AuditEntry> list(UUID workspaceId, Page page) {
        return database.of(workspaceId)
                .read(handle ->
                        Keyset.of(page)
                                .read(
                                        handle,
                                        PAGE,
                                        query -> query.bind("workspace", workspaceId),
                                        (row, _) -> entry(row)));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        var status = row.getObject("status", Integer.class);
        return new AuditEntry(
                "audit_entry",
                row.getObject("id", UUID.class),
                instant(row),
                row.getObject("actor_id", UUID.class),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getObject("subject_id", UUID.class),
                row.getString("subject"),
                outcome(row.getString("outcome"), status).code(),
                status);
    }

    private static AuditOutcome outcome(@Nullable String code, @Nullable Integer status) {
        return code == null ? AuditOutcome.of(Optional.ofNullable(status)) : AuditOutcome.of(code);
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }
}
