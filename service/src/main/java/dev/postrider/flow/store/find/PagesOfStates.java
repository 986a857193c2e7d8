package dev.postrider.flow.store.find;

/**
 * Pages by states: of those that an email ends in, and of those that it waits in. Comparing rows,
 * not columns, leaves the planner no way to that order but the index of ends.
 */
final class PagesOfStates {
    static final String AFTER =
            """
            select id
            from (
                (select page.id
                 from unnest(:states) as wanted(state)
                 cross join lateral (select id
                                     from email
                                     where workspace_id = :workspace
                                       and ended is not null
                                       and (ended, id) >= (wanted.state, :from)
                                       and (ended, id) < (wanted.state, :to)
                                       and (cast(:only_user as uuid) is null or user_id = :only_user)
                                       and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                                       and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
                                       and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                                     order by ended desc, id desc
                                     limit :limit) as page)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and due_at is not null
                   and cast(:states as text[]) && array['scheduled', 'queued', 'sending']
                   and state = any (:states)
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
                   and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                   and id >= :from
                   and id < :to
                 order by id desc
                 limit :limit)
            ) as page
            order by id desc
            limit :limit
            """;

    static final String BEFORE =
            """
            select id
            from (
                (select page.id
                 from unnest(:states) as wanted(state)
                 cross join lateral (select id
                                     from email
                                     where workspace_id = :workspace
                                       and ended is not null
                                       and (ended, id) >= (wanted.state, :from)
                                       and (ended, id) < (wanted.state, :to)
                                       and (cast(:only_user as uuid) is null or user_id = :only_user)
                                       and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                                       and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
                                       and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                                     order by ended, id
                                     limit :limit) as page)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and due_at is not null
                   and cast(:states as text[]) && array['scheduled', 'queued', 'sending']
                   and state = any (:states)
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
                   and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                   and id >= :from
                   and id < :to
                 order by id
                 limit :limit)
            ) as page
            order by id
            limit :limit
            """;

    private PagesOfStates() {}
}
