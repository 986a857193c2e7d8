package dev.postrider.audit;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import dev.postrider.purge.Retention;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Deletes entries of the audit log that have been kept long enough, with their outcomes. The log
 * stays append-only for whoever asks for less: the database refuses to delete younger ones than 90
 * days, and to change any.
 */
@Singleton
public final class PurgeAudit implements Purge {
    private static final String DELETE =
            """
            with old as materialized (
                select ctid, workspace_id, id
                from audit_entry
                where at < :before
                order by at
                limit :limit
            ),
            outcomes as (
                delete from audit_outcome
                where ctid = any (array(
                    select outcome.ctid
                    from old
                    cross join lateral (
                        select ctid
                        from audit_outcome
                        where workspace_id = old.workspace_id
                          and entry_id = old.id
                        limit 1
                    ) as outcome))
            ),
            open_ends as (
                delete from audit_open
                where ctid = any (array(
                    select open.ctid
                    from old
                    cross join lateral (
                        select ctid
                        from audit_open
                        where workspace_id = old.workspace_id
                          and entry_id = old.id
                        limit 1
                    ) as open))
            )
            delete from audit_entry
            where ctid = any (array(select ctid from old))
            """;

    private final Database database;
    private final Retention keep;

    public PurgeAudit(Database database, Retention keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public String what() {
        return "audit entries";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(DELETE)
                        .bind("before", Timestamp.from(now.minus(keep.audit())))
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
