package dev.postrider.audit;

import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the log. Each thing that a filter may ask for has an index of its own; where
 * several are asked for, whichever leaves the least leads, and its entries are looked up some
 * thousands at a time until the page is full.
 */
final class PageOfAudit {
    /** What each way is asked for to tell which leaves the least, and what is looked up at once. */
    private static final int CHUNK = 2_000;

    /** A second or two: who asks for more is to say which time they mean. */
    private static final int MOST = 400_000;

    private static final String FITTING =
            """
            select fitting.*
            from unnest(:ids) with ordinality as asked(id, position)
            cross join lateral (
                select
                    e.id, e.at, e.actor_id, e.actor, e.address, e.action, e.subject_kind, e.outcome,
                    o.status,
                    coalesce(o.subject_id, e.subject_id) as subject_id,
                    coalesce(o.subject, e.subject) as subject
                from audit_entry e
                left join lateral (
                    select status, became, subject_id, subject
                    from audit_outcome
                    where workspace_id = e.workspace_id
                      and entry_id = e.id
                    limit 1
                ) as o on true
                where e.workspace_id = :workspace
                  and e.id = asked.id
                  and (cast(:actor_id as uuid) is null or e.actor_id = :actor_id)
                  and (cast(:actor as text) is null or lower(e.actor) = lower(:actor))
                  and (cast(:action as text) is null or starts_with(e.action, :action))
                  and (cast(:subject_kind as text) is null or e.subject_kind = :subject_kind)
                  and (cast(:subject_id as uuid) is null or :subject_id in (e.subject_id, o.subject_id))
                  and (cast(:outcome as text) is null or coalesce(e.outcome, o.became, 'unknown') = :outcome)
                  and (cast(:address as text) is null or e.address = :address)
                limit 1
            ) as fitting
            order by asked.position
            limit :rows
            """;

    private PageOfAudit() {}

    /**
     * What was found.
     *
     * @param unread where to go on; empty when the page is whole
     */
    record Found(Page.Items<AuditEntry> entries, Optional<UUID> unread) {}

    static Found read(Handle handle, UUID workspaceId, AuditFilter filter, Page page) {
        return read(handle, workspaceId, filter, page, MOST);
    }

    /**
     * The same.
     *
     * @param most how many entries are looked at
     */
    static Found read(Handle handle, UUID workspaceId, AuditFilter filter, Page page, int most) {
        var from = Keyset.of(page).created(filter.from(), filter.until());
        var wanted = page.limit() + 1;
        var actions =
                filter.action()
                        .map(text -> EntriesOfFilter.actions(handle, workspaceId, text))
                        .orElse(List.of());
        var ways = EntriesOfFilter.all(workspaceId, filter, actions);
        var way = ways.isEmpty() ? EntriesOfFilter.whole(workspaceId) : ways.getFirst();
        var rows = ways.size() > 1 ? CHUNK : wanted;
        var ids = way.next(handle, from, rows);
        for (var i = 1; i < ways.size() && ids.size() == rows; i++) {
            var other = ways.get(i).next(handle, from, rows);
            if (other.size() < rows) {
                way = ways.get(i);
                ids = other;
            }
        }
        var entries = new ArrayList<AuditEntry>();
        var looked = 0;
        while (true) {
            entries.addAll(fitting(handle, workspaceId, filter, ids, wanted - entries.size()));
            looked += ids.size();
            if (entries.size() == wanted || ids.size() < rows) {
                return new Found(from.items(entries), Optional.empty());
            }
            if (looked >= most) {
                return new Found(from.items(entries), Optional.of(ids.getLast()));
            }
            from = from.beyond(ids.getLast());
            ids = way.next(handle, from, rows);
        }
    }

    private static List<AuditEntry> fitting(
            Handle handle, UUID workspaceId, AuditFilter filter, List<UUID> ids, int rows) {
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery(FITTING)
                        .bind("workspace", workspaceId)
                        .bind("ids", ids.toArray(UUID[]::new))
                        .bind("actor_id", filter.actorId())
                        .bind("actor", filter.actor())
                        .bind("action", filter.action())
                        .bind("subject_kind", filter.subjectKind())
                        .bind("subject_id", filter.subjectId())
                        .bind("outcome", filter.outcome().map(AuditOutcome::code))
                        .bind("address", filter.address())
                        .bind("rows", rows)
                        .map((row, _) -> entry(row))
                        .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        var status = row.getObject("status", Integer.class);
        return new AuditEntry(
                "audit_entry",
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
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
}
