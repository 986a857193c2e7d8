package dev.postrider.audit;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes and reads the audit log. Safe for concurrent use. */
public record AuditLog(Database database) {
    private static final String INSERT =
            """
            insert into audit_entry
                (workspace_id, id, actor_id, actor, address, action, subject_kind, subject_id, subject)
            values
                (:workspace, :id, :actor_id, :actor, :address, :action, :subject_kind, :subject_id,
                 :subject)
            """;

    /** Newest first: ids are UUIDv7. */
    private static final String PAGE =
            """
            select *
            from audit_entry
            where workspace_id = :workspace
              and (cast(:after as uuid) is null or id < :after)
            order by id desc
            limit :limit
            """;

    /**
     * What something was done to.
     *
     * @param kind {@code mailbox}
     * @param name as it is called now: later it may be gone
     */
    public record Subject(String kind, Optional<UUID> id, String name) {}

    public void add(Actor actor, String action, Subject subject) {
        database.inTransaction(handle -> add(handle, actor, action, subject));
    }

    /** Adds an entry in the transaction of what it tells. */
    public static int add(Handle handle, Actor actor, String action, Subject subject) {
        return handle.createUpdate(INSERT)
                .bind("workspace", actor.workspaceId())
                .bind("id", NewId.get())
                .bind("actor_id", actor.id())
                .bind("actor", actor.name())
                .bind("address", actor.address())
                .bind("action", action)
                .bind("subject_kind", subject.kind())
                .bind("subject_id", subject.id())
                .bind("subject", subject.name())
                .execute();
    }

    /**
     * Some entries, newest first.
     *
     * @param after the id that they begin behind
     */
    public List<Entry> list(UUID workspaceId, Optional<UUID> after, int limit) {
        return database.read(handle ->
                handle.createQuery(PAGE)
                        .bind("workspace", workspaceId)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> entry(row))
                        .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                "audit_entry",
                row.getObject("id", UUID.class),
                instant(row),
                row.getObject("actor_id", UUID.class),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getObject("subject_id", UUID.class),
                row.getString("subject"));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }
}
