package dev.postrider.flow.store.find;

/**
 * Pages of one mailbox: what it has sent, and what it has still to send. Comparing rows, not
 * columns, leaves the planner no way to that order but the mailbox's index.
 */
final class PagesOfMailbox {
    static final String AFTER =
            """
            select id
            from (
                (select id
                 from email
                 where workspace_id = :workspace
                   and (mailbox_id, id) >= (:mailbox, :from)
                   and (mailbox_id, id) < (:mailbox, :to)
                   and due_at is null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
                   and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                 order by mailbox_id desc, id desc
                 limit :limit)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and mailbox_id = :mailbox
                   and due_at is not null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
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
                (select id
                 from email
                 where workspace_id = :workspace
                   and (mailbox_id, id) >= (:mailbox, :from)
                   and (mailbox_id, id) < (:mailbox, :to)
                   and due_at is null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
                   and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                 order by mailbox_id, id
                 limit :limit)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and mailbox_id = :mailbox
                   and due_at is not null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
                   and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
                   and id >= :from
                   and id < :to
                 order by id
                 limit :limit)
            ) as page
            order by id
            limit :limit
            """;

    private PagesOfMailbox() {}
}
