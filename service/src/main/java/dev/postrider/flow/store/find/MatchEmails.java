package dev.postrider.flow.store.find;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Compares the emails of a list with whatever else is asked for, some at a time.
 *
 * @param list which says what its emails have already
 * @param query the words, as {@link SearchTerms} have them
 */
record MatchEmails(
        Handle handle,
        Visibility scope,
        EmailFilter filter,
        PageOfEmails list,
        Optional<String> query) {
    private static final String MATCHING =
            """
            select asked.id
            from unnest(:ids) with ordinality as asked(id, place)
            cross join lateral (
                select email.id
                from email
                where email.workspace_id = :workspace
                  and email.id = asked.id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text[]) is null or email.tags @> jsonb_object(:tags))
                limit 1
            ) as email
            order by asked.place
            """;

    /** By the index of tags alone, which is looked through sooner than the emails. */
    private static final String HAVE_TAG =
            """
            select asked.id
            from unnest(:ids) with ordinality as asked(id, place)
            cross join lateral (select
                                from email_tag
                                where workspace_id = :workspace
                                  and name = :tag_name
                                  and value = :tag_value
                                  and email_id = asked.id
                                limit 1) as tag
            order by asked.place
            """;

    private static final String HAVE_TERMS =
            """
            select asked.id
            from unnest(:ids) with ordinality as asked(id, place)
            cross join lateral (select terms
                                from email_search
                                where workspace_id = :workspace
                                  and email_id = asked.id
                                limit 1) as search
            where search.terms @@ cast(:query as tsquery)
            order by asked.place
            """;

    /** Those of them that are asked for, in the same order. */
    List<UUID> of(List<UUID> ids) {
        var some = list.isWhole() ? ids : filtered(tagged(ids));
        return query.isPresent() && !some.isEmpty() ? haveTerms(some, query.get()) : some;
    }

    private List<UUID> tagged(List<UUID> ids) {
        var tag = filter.firstTag();
        return tag.isEmpty() || list.isByTag()
                ? ids
                : handle.createQuery(HAVE_TAG)
                        .bind("workspace", scope.workspaceId())
                        .bind("ids", ids.toArray(UUID[]::new))
                        .bind("tag_name", tag.get().getKey())
                        .bind("tag_value", tag.get().getValue())
                        .mapTo(UUID.class)
                        .list();
    }

    private List<UUID> filtered(List<UUID> ids) {
        if (ids.isEmpty()) {
            return ids;
        }
        return scope.bind(handle.createQuery(MATCHING))
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("mailbox", filter.mailbox())
                .bind("states", filter.stateTexts())
                .bind("tags", filter.tagTexts())
                .mapTo(UUID.class)
                .list();
    }

    private List<UUID> haveTerms(List<UUID> ids, String words) {
        return handle.createQuery(HAVE_TERMS)
                .bind("workspace", scope.workspaceId())
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("query", words)
                .mapTo(UUID.class)
                .list();
    }
}
