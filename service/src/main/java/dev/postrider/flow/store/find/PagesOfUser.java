package dev.postrider.flow.store.find;

/**
 * Pages of what one user has sent. Comparing rows, not columns, leaves the planner no way to that
 * order but the user's index, however much of all email it takes for theirs.
 */
final class PagesOfUser {
    static final String AFTER =
            """
            select id
            from email
            where workspace_id = :workspace
              and (user_id, id) >= (:only_user, :from)
              and (user_id, id) < (:only_user, :to)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
            order by user_id desc, id desc
            limit :limit
            """;

    static final String BEFORE =
            """
            select id
            from email
            where workspace_id = :workspace
              and (user_id, id) >= (:only_user, :from)
              and (user_id, id) < (:only_user, :to)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
            order by user_id, id
            limit :limit
            """;

    private PagesOfUser() {}
}
