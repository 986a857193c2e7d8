package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Finds which emails stand on a page. There is a statement for each filter that alone may leave
 * little of a long history: each walks an index in the order of the page, from its first to its
 * last row, whatever plan the server keeps. Comparing rows, not columns, leaves the planner no way
 * to that order but the index that is meant.
 */
final class PageOfEmails {
    /** As to, cc or bcc. */
    private static final String OF_RECIPIENT =
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
                  and (cast(:tags as text[]) is null or email.tags @> jsonb_object(:tags))
                limit 1
            ) as email
            where recipient.workspace_id = :workspace
              and (lower(recipient.address), recipient.email_id) > (lower(:recipient), :above)
              and (lower(recipient.address), recipient.email_id) < (lower(:recipient), :below)
            order by address desc, id desc
            limit :rows
            """;

    /**
     * By a tag, which all others that are asked for must stand beside. The emails are looked up one
     * by one as they come, whatever the planner thinks of the other filters.
     */
    private static final String OF_TAG =
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
                  and (cast(:tags as text[]) is null or email.tags @> jsonb_object(:tags))
                limit 1
            ) as email
            where email_tag.workspace_id = :workspace
              and email_tag.name = :tag_name
              and email_tag.value = :tag_value
              and email_tag.email_id > :above
              and email_tag.email_id < :below
            order by email_tag.email_id desc
            limit :rows
            """;

    /** Of states that an email ends in, and of those that it waits in. */
    private static final String OF_STATES =
            """
            select id
            from (
                (select page.id
                 from unnest(:states) as wanted(state)
                 cross join lateral (select id
                                     from email
                                     where workspace_id = :workspace
                                       and ended is not null
                                       and (ended, id) > (wanted.state, :above)
                                       and (ended, id) < (wanted.state, :below)
                                       and (cast(:only_user as uuid) is null or user_id = :only_user)
                                       and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                                       and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
                                       and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
                                     order by ended desc, id desc
                                     limit :rows) as page)
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
                   and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
                   and id > :above
                   and id < :below
                 order by id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    /** What a mailbox has sent, and what it has still to send. */
    private static final String OF_MAILBOX =
            """
            select id
            from (
                (select id
                 from email
                 where workspace_id = :workspace
                   and (mailbox_id, id) > (:mailbox, :above)
                   and (mailbox_id, id) < (:mailbox, :below)
                   and due_at is null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
                   and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
                 order by mailbox_id desc, id desc
                 limit :rows)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and mailbox_id = :mailbox
                   and due_at is not null
                   and (cast(:only_user as uuid) is null or user_id = :only_user)
                   and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
                   and (cast(:states as text[]) is null or state = any (:states))
                   and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
                   and id > :above
                   and id < :below
                 order by id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    /** What one user has sent, however much of all email the planner takes for theirs. */
    private static final String OF_USER =
            """
            select id
            from email
            where workspace_id = :workspace
              and (user_id, id) > (:only_user, :above)
              and (user_id, id) < (:only_user, :below)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
            order by user_id desc, id desc
            limit :rows
            """;

    /** All, or what no other index finds sooner. */
    private static final String OF_WORKSPACE =
            """
            select id
            from email
            where workspace_id = :workspace
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and (cast(:mailbox as uuid) is null or mailbox_id = :mailbox)
              and (cast(:states as text[]) is null or state = any (:states))
              and (cast(:tags as text[]) is null or tags @> jsonb_object(:tags))
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    /**
     * Whether a mailbox has so few emails that a tag is sooner looked for among them than the other
     * way round. In the index's order, as all others.
     */
    private static final String IS_SMALL =
            """
            select count(*) < :small
            from (
                select
                from email
                where workspace_id = :workspace
                  and (mailbox_id, id) > (:mailbox, cast('00000000-0000-0000-0000-000000000000' as uuid))
                  and (mailbox_id, id) < (:mailbox, cast('ffffffff-ffff-ffff-ffff-ffffffffffff' as uuid))
                  and due_at is null
                order by mailbox_id, id
                limit :small
            ) as sent
            """;

    /** A few milliseconds, of index entries alone. */
    private static final int SMALL = 10_000;

    private PageOfEmails() {}

    static Page.Items<UUID> ids(Handle handle, Visibility scope, EmailFilter filter, Page page) {
        var tag = filter.tags().entrySet().stream().findFirst();
        return Keyset.of(page)
                .created(filter.createdAfter(), filter.createdBefore())
                .read(
                        handle,
                        statement(handle, scope, filter),
                        query ->
                                scope.bind(query)
                                        .configure(
                                                SqlStatements.class,
                                                all -> all.setUnusedBindingAllowed(true))
                                        .bind("recipient", filter.recipient())
                                        .bind("tag_name", tag.map(each -> each.getKey()))
                                        .bind("tag_value", tag.map(each -> each.getValue()))
                                        .bind("mailbox", filter.mailbox().or(scope::onlyMailbox))
                                        .bind("states", filter.stateTexts())
                                        .bind("tags", filter.tagTexts()),
                        (row, _) -> row.getObject("id", UUID.class));
    }

    private static boolean isSmall(Handle handle, Visibility scope, UUID mailbox) {
        return handle.createQuery(IS_SMALL)
                .bind("workspace", scope.workspaceId())
                .bind("mailbox", mailbox)
                .bind("small", SMALL)
                .mapTo(Boolean.class)
                .one();
    }

    private static String statement(Handle handle, Visibility scope, EmailFilter filter) {
        var states = filter.states();
        if (filter.recipient().isPresent()) {
            return OF_RECIPIENT;
        }
        if (!filter.tags().isEmpty()) {
            return filter.mailbox()
                            .or(scope::onlyMailbox)
                            .filter(mailbox -> isSmall(handle, scope, mailbox))
                            .isPresent()
                    ? OF_MAILBOX
                    : OF_TAG;
        }
        // most emails are sent, so that alone doesn't say much
        if (!states.isEmpty() && !states.contains(EmailState.SENT)) {
            return OF_STATES;
        }
        if (filter.mailbox().isPresent() || scope.onlyMailbox().isPresent()) {
            return OF_MAILBOX;
        }
        if (scope.onlyUser().isPresent()) {
            return OF_USER;
        }
        return states.isEmpty() ? OF_WORKSPACE : OF_STATES;
    }
}
