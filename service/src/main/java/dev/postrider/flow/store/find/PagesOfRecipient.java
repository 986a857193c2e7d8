package dev.postrider.flow.store.find;

/**
 * Pages of what was sent to an address, as to, cc or bcc. Comparing rows, not columns, leaves the
 * planner no way to that order but the index of addresses.
 */
final class PagesOfRecipient {
    static final String AFTER =
            """
            select distinct recipient.email_id as id, lower(recipient.address) as address
            from recipient
            cross join lateral (
                select email.id
                from email
                where email.workspace_id = recipient.workspace_id
                  and email.id = recipient.email_id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
                limit 1
            ) as email
            where recipient.workspace_id = :workspace
              and (lower(recipient.address), recipient.email_id) >= (lower(:recipient), :from)
              and (lower(recipient.address), recipient.email_id) < (lower(:recipient), :to)
            order by address desc, id desc
            limit :limit
            """;

    static final String BEFORE =
            """
            select distinct recipient.email_id as id, lower(recipient.address) as address
            from recipient
            cross join lateral (
                select email.id
                from email
                where email.workspace_id = recipient.workspace_id
                  and email.id = recipient.email_id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
                limit 1
            ) as email
            where recipient.workspace_id = :workspace
              and (lower(recipient.address), recipient.email_id) >= (lower(:recipient), :from)
              and (lower(recipient.address), recipient.email_id) < (lower(:recipient), :to)
            order by address, id
            limit :limit
            """;

    private PagesOfRecipient() {}
}
