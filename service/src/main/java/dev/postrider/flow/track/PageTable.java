package dev.postrider.flow.track;

import dev.postrider.http.Page;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds which emails stand on a page. Ids are UUIDv7, so their order is that of acceptance. */
final class PageTable {
    private static final String AFTER =
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

    private static final String BEFORE =
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

    /** Begins with the recipient, whose emails are few beside the workspace's. */
    private static final String OF_RECIPIENT_AFTER =
            """
            select distinct email.id
            from recipient
            join email
              on email.workspace_id = recipient.workspace_id
             and email.id = recipient.email_id
            where recipient.workspace_id = :workspace
              and lower(recipient.address) = lower(:recipient)
              and recipient.email_id >= :from
              and recipient.email_id < :to
              and (cast(:only_user as uuid) is null or email.user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or email.state = any (:states))
              and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
            order by email.id desc
            limit :limit
            """;

    private static final String OF_RECIPIENT_BEFORE =
            """
            select distinct email.id
            from recipient
            join email
              on email.workspace_id = recipient.workspace_id
             and email.id = recipient.email_id
            where recipient.workspace_id = :workspace
              and lower(recipient.address) = lower(:recipient)
              and recipient.email_id >= :from
              and recipient.email_id < :to
              and (cast(:only_user as uuid) is null or email.user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or email.state = any (:states))
              and (cast(:tags as text) is null or email.tags @> cast(:tags as jsonb))
            order by email.id
            limit :limit
            """;

    private PageTable() {}

    /** Up to one more than the page's limit, in its direction. */
    static List<UUID> ids(Handle handle, Scope scope, Filter filter, Page page) {
        var query = handle.createQuery(statement(filter, page.isBackward()));
        filter.recipient().ifPresent(address -> query.bind("recipient", address));
        return scope.bind(query)
                .bind("mailbox", filter.mailbox())
                .bind("states", filter.stateTexts())
                .bind("tags", filter.tagsJson())
                .bind("from", filter.from(page))
                .bind("to", filter.to(page))
                .bind("limit", page.limit() + 1)
                .mapTo(UUID.class)
                .list();
    }

    private static String statement(Filter filter, boolean backward) {
        if (filter.recipient().isPresent()) {
            return backward ? OF_RECIPIENT_BEFORE : OF_RECIPIENT_AFTER;
        }
        return backward ? BEFORE : AFTER;
    }
}
