package dev.postrider.flow.store.find;

/**
 * Pages by a tag, which all others that are asked for must stand beside. The emails are looked up
 * one by one as they come, whatever the planner thinks of the other filters.
 */
final class PagesOfTag {
    static final String AFTER =
            """
            select email.id
            from email_tag
            cross join lateral (
                select email.id
                from email
                where email.workspace_id = email_tag.workspace_id
                  and email.id = email_tag.email_id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
                limit 1
            ) as email
            where email_tag.workspace_id = :workspace
              and email_tag.name = :tag_name
              and email_tag.value = :tag_value
              and email_tag.email_id >= :from
              and email_tag.email_id < :to
            order by email_tag.email_id desc
            limit :limit
            """;

    static final String BEFORE =
            """
            select email.id
            from email_tag
            cross join lateral (
                select email.id
                from email
                where email.workspace_id = email_tag.workspace_id
                  and email.id = email_tag.email_id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
                limit 1
            ) as email
            where email_tag.workspace_id = :workspace
              and email_tag.name = :tag_name
              and email_tag.value = :tag_value
              and email_tag.email_id >= :from
              and email_tag.email_id < :to
            order by email_tag.email_id
            limit :limit
            """;

    private PagesOfTag() {}
}
