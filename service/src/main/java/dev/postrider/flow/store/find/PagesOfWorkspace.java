package dev.postrider.flow.store.find;

/** Pages of all that a workspace has sent, or of what no other index finds sooner. */
final class PagesOfWorkspace {
    static final String AFTER =
            """
            select id
            from email
            where workspace_id = :workspace
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
              and id >= :from
              and id < :to
            order by id desc
            limit :limit
            """;

    static final String BEFORE =
            """
            select id
            from email
            where workspace_id = :workspace
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text) is null or tags @> cast(:tags as jsonb))
              and id >= :from
              and id < :to
            order by id
            limit :limit
            """;

    private PagesOfWorkspace() {}
}
