package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Finds emails by the one filter that leaves the least of a long history. There is a statement for
 * each such filter: it walks an index in the order of the page, from its first to its last row,
 * whatever plan the server keeps, and reads nothing else. Comparing rows, not columns, leaves the
 * planner no way to that order but the index that is meant. What else is asked for is compared
 * afterwards, see {@link MatchEmails}.
 */
final class PageOfEmails {
    /** As to, cc or bcc. */
    private static final String OF_RECIPIENT =
            """
            select distinct email_id as id, lower(address) as address
            from recipient
            where workspace_id = :workspace
              and (lower(address), email_id) > (lower(:recipient), :above)
              and (lower(address), email_id) < (lower(:recipient), :below)
            order by address desc, id desc
            limit :rows
            """;

    private static final String OF_TAG =
            """
            select email_id as id
            from email_tag
            where workspace_id = :workspace
              and name = :tag_name
              and value = :tag_value
              and email_id > :above
              and email_id < :below
            order by email_id desc
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
                                     order by ended desc, id desc
                                     limit :rows) as page)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and due_at is not null
                   and cast(:states as text[]) && array['scheduled', 'queued', 'sending']
                   and state = any (:states)
                   and id > :above
                   and id < :below
                 order by id desc
                 limit :rows)
            ) as page
            order by id desc
            limit :rows
            """;

    /** What has gone wrong in a mailbox, or was canceled: all ends but the usual one. */
    private static final String OF_ENDS_IN_MAILBOX =
            """
            select page.id
            from unnest(:states) as wanted(state)
            cross join lateral (select id
                                from email
                                where workspace_id = :workspace
                                  and ended <> 'sent'
                                  and (mailbox_id, ended, id) > (:mailbox, wanted.state, :above)
                                  and (mailbox_id, ended, id) < (:mailbox, wanted.state, :below)
                                order by mailbox_id desc, ended desc, id desc
                                limit :rows) as page
            order by page.id desc
            limit :rows
            """;

    /** The same of one user's. */
    private static final String OF_ENDS_OF_USER =
            """
            select page.id
            from unnest(:states) as wanted(state)
            cross join lateral (select id
                                from email
                                where workspace_id = :workspace
                                  and ended <> 'sent'
                                  and (user_id, ended, id) > (:only_user, wanted.state, :above)
                                  and (user_id, ended, id) < (:only_user, wanted.state, :below)
                                order by user_id desc, ended desc, id desc
                                limit :rows) as page
            order by page.id desc
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
                 order by mailbox_id desc, id desc
                 limit :rows)
                union all
                (select id
                 from email
                 where workspace_id = :workspace
                   and (mailbox_id, id) > (:mailbox, :above)
                   and (mailbox_id, id) < (:mailbox, :below)
                   and due_at is not null
                 order by mailbox_id desc, id desc
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
            order by user_id desc, id desc
            limit :rows
            """;

    private static final String OF_WORKSPACE =
            """
            select id
            from email
            where workspace_id = :workspace
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

    /** A few milliseconds, of index entries alone; so many are compared within a second. */
    private static final int SMALL = 30_000;

    /** What may be asked of an email, but for its words and its time. */
    private enum Part {
        RECIPIENT,
        TAG,
        MORE_TAGS,
        STATES,
        MAILBOX,
        USER
    }

    private final Handle handle;
    private final Visibility scope;
    private final EmailFilter filter;
    private final Optional<UUID> mailbox;
    private final String statement;
    private final boolean isWhole;

    /** For the emails that a filter leaves, of those that are seen. */
    PageOfEmails(Handle handle, Visibility scope, EmailFilter filter) {
        this.handle = handle;
        this.scope = scope;
        this.filter = filter;
        this.mailbox = filter.mailbox().or(scope::onlyMailbox);
        var asked = asked();
        var lead = lead(asked);
        var isKeysMailbox = scope.onlyMailbox().isEmpty() || scope.onlyMailbox().equals(mailbox);
        this.statement = statement(lead);
        this.isWhole = isKeysMailbox && lead.containsAll(asked);
    }

    /** Whether its emails are all that is asked for, and not only the most of it. */
    boolean isWhole() {
        return isWhole;
    }

    /** Whether they all have the first of the tags. */
    boolean isByTag() {
        return statement.equals(OF_TAG);
    }

    Page.Items<UUID> ids(Page page, EmailFilter within) {
        var tag = filter.firstTag();
        return Keyset.of(page)
                .created(within.createdAfter(), within.createdBefore())
                .read(
                        handle,
                        statement,
                        query ->
                                scope.bind(query)
                                        .configure(
                                                SqlStatements.class,
                                                all -> all.setUnusedBindingAllowed(true))
                                        .bind("recipient", filter.recipient())
                                        .bind("tag_name", tag.map(each -> each.getKey()))
                                        .bind("tag_value", tag.map(each -> each.getValue()))
                                        .bind("mailbox", mailbox)
                                        .bind("states", filter.stateTexts()),
                        (row, _) -> row.getObject("id", UUID.class));
    }

    private Set<Part> asked() {
        var asked = EnumSet.noneOf(Part.class);
        filter.recipient().filter(SearchTerms::isWhole).ifPresent(_ -> asked.add(Part.RECIPIENT));
        if (!filter.tags().isEmpty()) {
            asked.add(Part.TAG);
        }
        if (filter.tags().size() > 1) {
            asked.add(Part.MORE_TAGS);
        }
        if (!filter.states().isEmpty()) {
            asked.add(Part.STATES);
        }
        mailbox.ifPresent(_ -> asked.add(Part.MAILBOX));
        scope.onlyUser().ifPresent(_ -> asked.add(Part.USER));
        return asked;
    }

    /** By what to find them. */
    private Set<Part> lead(Set<Part> asked) {
        if (asked.contains(Part.RECIPIENT)) {
            return EnumSet.of(Part.RECIPIENT);
        }
        if (asked.contains(Part.TAG)) {
            return mailbox.filter(this::isSmall).isPresent()
                    ? EnumSet.of(Part.MAILBOX)
                    : EnumSet.of(Part.TAG);
        }
        // most emails are sent, so that alone doesn't say much
        var isSeldom = asked.contains(Part.STATES) && !filter.states().contains(EmailState.SENT);
        if (isSeldom && filter.states().stream().allMatch(EmailState::isFinal)) {
            if (asked.contains(Part.MAILBOX)) {
                return EnumSet.of(Part.MAILBOX, Part.STATES);
            }
            if (asked.contains(Part.USER)) {
                return EnumSet.of(Part.USER, Part.STATES);
            }
        }
        if (isSeldom) {
            return EnumSet.of(Part.STATES);
        }
        if (asked.contains(Part.MAILBOX)) {
            return EnumSet.of(Part.MAILBOX);
        }
        return asked.contains(Part.USER) ? EnumSet.of(Part.USER) : asked;
    }

    private static String statement(Set<Part> lead) {
        if (lead.contains(Part.RECIPIENT)) {
            return OF_RECIPIENT;
        }
        if (lead.contains(Part.TAG)) {
            return OF_TAG;
        }
        if (lead.contains(Part.STATES)) {
            return lead.contains(Part.MAILBOX)
                    ? OF_ENDS_IN_MAILBOX
                    : lead.contains(Part.USER) ? OF_ENDS_OF_USER : OF_STATES;
        }
        if (lead.contains(Part.MAILBOX)) {
            return OF_MAILBOX;
        }
        return lead.contains(Part.USER) ? OF_USER : OF_WORKSPACE;
    }

    private boolean isSmall(UUID mailbox) {
        return handle.createQuery(IS_SMALL)
                .bind("workspace", scope.workspaceId())
                .bind("mailbox", mailbox)
                .bind("small", SMALL)
                .mapTo(Boolean.class)
                .one();
    }
}
