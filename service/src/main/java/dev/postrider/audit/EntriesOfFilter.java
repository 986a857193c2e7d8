package dev.postrider.audit;

import dev.postrider.page.Keyset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Walks the log along the index of whatever a filter asks for, in the order of a page. Comparing
 * rows, not columns, leaves the planner no other way to that order (docs/decisions/0016).
 */
record EntriesOfFilter(UUID workspaceId, String statement, String name, Optional<Object> value) {
    private static final String ALL =
            """
            select id
            from audit_entry
            where workspace_id = :workspace
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    private static final String OF_ACTOR_ID =
            """
            select id
            from audit_entry
            where workspace_id = :workspace
              and (actor_id, id) > (:actor_id, :above)
              and (actor_id, id) < (:actor_id, :below)
            order by actor_id desc, id desc
            limit :rows
            """;

    private static final String OF_ACTOR =
            """
            select id
            from audit_entry
            where workspace_id = :workspace
              and (lower(actor), id) > (lower(:actor), :above)
              and (lower(actor), id) < (lower(:actor), :below)
            order by lower(actor) desc, id desc
            limit :rows
            """;

    private static final String OF_ADDRESS =
            """
            select id
            from audit_entry
            where workspace_id = :workspace
              and (address, id) > (:address, :above)
              and (address, id) < (:address, :below)
            order by address desc, id desc
            limit :rows
            """;

    private static final String OF_KIND =
            """
            select id
            from audit_entry
            where workspace_id = :workspace
              and (subject_kind, id) > (:subject_kind, :above)
              and (subject_kind, id) < (:subject_kind, :below)
            order by subject_kind desc, id desc
            limit :rows
            """;

    private static final String OF_ACTIONS =
            """
            select page.id
            from unnest(:actions) as wanted(action)
            cross join lateral (
                select id
                from audit_entry
                where workspace_id = :workspace
                  and (action, id) > (wanted.action, :above)
                  and (action, id) < (wanted.action, :below)
                order by action desc, id desc
                limit :rows
            ) as page
            order by page.id desc
            limit :rows
            """;

    /** What it was done to, as the request said it, and what the request made. */
    private static final String OF_SUBJECT =
            """
            select id
            from (
                (select id
                 from audit_entry
                 where workspace_id = :workspace
                   and (subject_id, id) > (:subject_id, :above)
                   and (subject_id, id) < (:subject_id, :below)
                 order by subject_id desc, id desc
                 limit :rows)
                union
                (select entry_id as id
                 from audit_outcome
                 where workspace_id = :workspace
                   and (subject_id, entry_id) > (:subject_id, :above)
                   and (subject_id, entry_id) < (:subject_id, :below)
                 order by subject_id desc, entry_id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    private static final String OF_OUTCOME =
            """
            select id
            from (
                (select id
                 from audit_entry
                 where workspace_id = :workspace
                   and (outcome, id) > (:outcome, :above)
                   and (outcome, id) < (:outcome, :below)
                 order by outcome desc, id desc
                 limit :rows)
                union all
                (select entry_id as id
                 from audit_outcome
                 where workspace_id = :workspace
                   and (became, entry_id) > (:outcome, :above)
                   and (became, entry_id) < (:outcome, :below)
                 order by became desc, entry_id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    private static final String OPEN =
            """
            select entry_id as id
            from audit_open
            where workspace_id = :workspace
              and entry_id > :above
              and entry_id < :below
            order by entry_id desc
            limit :rows
            """;

    /** From each action to the next along the index: there are some dozens. */
    private static final String ACTIONS =
            """
            with recursive known as (
                (select action
                 from audit_entry
                 where workspace_id = :workspace
                 order by workspace_id, action
                 limit 1)
                union all
                select next.action
                from known
                cross join lateral (
                    select action
                    from audit_entry
                    where workspace_id = :workspace
                      and action > known.action
                    order by workspace_id, action
                    limit 1
                ) as next
            )
            select action
            from known
            """;

    /** The actions of a workspace's log that begin so. */
    static List<String> actions(Handle handle, UUID workspaceId, String beginning) {
        return handle
                .createQuery(ACTIONS)
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .stream()
                .filter(action -> action.startsWith(beginning))
                .toList();
    }

    /**
     * The ways that lead to what a filter asks for, the one that mostly leaves the least first;
     * none when it asks for nothing.
     *
     * @param actions that begin as the filter says
     */
    static List<EntriesOfFilter> all(UUID workspaceId, AuditFilter filter, List<String> actions) {
        var ways = new ArrayList<EntriesOfFilter>();
        add(ways, workspaceId, OF_SUBJECT, "subject_id", filter.subjectId());
        add(ways, workspaceId, OF_ACTOR_ID, "actor_id", filter.actorId());
        add(ways, workspaceId, OF_ACTOR, "actor", filter.actor());
        add(ways, workspaceId, OF_ADDRESS, "address", filter.address());
        add(
                ways,
                workspaceId,
                OF_ACTIONS,
                "actions",
                filter.action().map(_ -> actions.toArray(String[]::new)));
        filter.outcome()
                .ifPresent(outcome -> {
                    switch (outcome) {
                        case UNKNOWN ->
                                ways.add(
                                        new EntriesOfFilter(
                                                workspaceId, OPEN, "", Optional.empty()));
                        case DONE, REFUSED, FAILED ->
                                add(
                                        ways,
                                        workspaceId,
                                        OF_OUTCOME,
                                        "outcome",
                                        Optional.of(outcome.code()));
                    }
                });
        add(ways, workspaceId, OF_KIND, "subject_kind", filter.subjectKind());
        return ways;
    }

    /** Through the whole log. */
    static EntriesOfFilter whole(UUID workspaceId) {
        return new EntriesOfFilter(workspaceId, ALL, "", Optional.empty());
    }

    private static void add(
            List<EntriesOfFilter> ways,
            UUID workspaceId,
            String statement,
            String name,
            Optional<?> value) {
        value.ifPresent(each ->
                ways.add(new EntriesOfFilter(workspaceId, statement, name, Optional.of(each))));
    }

    /** The next ids on this way. */
    List<UUID> next(Handle handle, Keyset from, int rows) {
        return bound(handle.createQuery(from.directed(statement)))
                .bind("workspace", workspaceId)
                .bind("above", from.above())
                .bind("below", from.below())
                .bind("rows", rows)
                .mapTo(UUID.class)
                .list();
    }

    private Query bound(Query query) {
        return value.map(each -> query.bind(name, each)).orElse(query);
    }
}
