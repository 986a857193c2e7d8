package dev.postrider.flow.store.find;

import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * A page of what no index finds alone: words, or several filters together. What is usual stands
 * among the next thousand emails of the list that one of the filters leaves. Words that are rare
 * the index finds as a whole; those that are neither are looked for day by day. What takes too long
 * ends with what has been found, and says how far it has looked. For one page.
 */
final class SearchEmails {
    /**
     * Some of those that have the words, in no order, and whether they are to be shown. Nothing but
     * the words is there for the planner to begin with.
     */
    private static final String FIND =
            """
            with found as materialized (
                select email_id as id
                from email_search
                where terms @@ cast(:query as tsquery)
                  and coalesce(workspace_id = :workspace and email_id > :above and email_id < :below, false)
                limit :most
            )
            select found.id, shown.id is not null as is_shown
            from found
            left join lateral (
                select email.id
                from email
                where email.workspace_id = :workspace
                  and email.id = found.id
                  and (cast(:only_user as uuid) is null or email.user_id = :only_user)
                  and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
                  and (cast(:mailbox as uuid) is null or email.mailbox_id = :mailbox)
                  and (cast(:states as text[]) is null or email.state = any (:states))
                  and (cast(:tags as text[]) is null or email.tags @> jsonb_object(:tags))
                  and (cast(:recipient as text) is null
                       or coalesce((select true
                                    from recipient
                                    where recipient.workspace_id = email.workspace_id
                                      and recipient.email_id = email.id
                                      and lower(recipient.address) = lower(:recipient)
                                    limit 1), false))
                limit 1
            ) as shown on true
            order by found.id desc
            """;

    private static final String OLDEST =
            """
            select email_id
            from email_search
            where workspace_id = :workspace
            order by email_id
            limit 1
            """;

    private static final int AT_ONCE = 1_000;

    /** Of several filters most emails have what the others ask for, or hardly one. */
    private static final int AT_FIRST = 5;

    /** More are looked for day by day: each costs a look at its row. */
    private static final int RARE = 1_000;

    /** More of one day are walked through. */
    private static final int RARE_ON_A_DAY = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Handle handle;
    private final Visibility scope;
    private final EmailFilter filter;
    private final PageOfEmails list;
    private final MatchEmails match;
    private final Page page;
    private final Optional<String> query;
    private final long deadline;

    /** In the order of the page. */
    private final List<UUID> found = new ArrayList<>();

    /** The last email that was looked at. */
    private @Nullable UUID seen;

    SearchEmails(Handle handle, Visibility scope, EmailFilter filter, Page page) {
        this(handle, scope, filter, page, PATIENCE);
    }

    /** One that is given up sooner or later. */
    SearchEmails(
            Handle handle, Visibility scope, EmailFilter filter, Page page, Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
        this.handle = handle;
        this.scope = scope;
        this.filter = filter;
        this.list = new PageOfEmails(handle, scope, filter);
        this.page = page;
        this.query = SearchTerms.query(scope.workspaceId(), filter);
        this.match = new MatchEmails(handle, scope, filter, list, query);
        this.seen = page.cursor().orElse(null);
    }

    FoundIds run() {
        if (query.isEmpty()) {
            return list.isWhole() ? new FoundIds(list.ids(page, filter), Optional.empty()) : walk();
        }
        if (walk(filter, AT_ONCE)) {
            return whole();
        }
        var rest = find(query.get(), filter, RARE);
        if (rest.isPresent()) {
            found.addAll(rest.get());
            return whole();
        }
        return dayByDay(query.get());
    }

    /** Step by step through the list that one of several filters leaves. */
    private FoundIds walk() {
        for (var step = Math.min(AT_ONCE, AT_FIRST * page.limit());
                !walk(filter, step);
                step = AT_ONCE) {
            if (isLate()) {
                return givenUp();
            }
        }
        return whole();
    }

    private FoundIds givenUp() {
        return new FoundIds(
                new Page.Items<>(page.isBackward() ? found.reversed() : found, true),
                Optional.ofNullable(seen));
    }

    private FoundIds whole() {
        return new FoundIds(page.of(found), Optional.empty());
    }

    private boolean isFull() {
        return found.size() > page.limit();
    }

    private boolean isLate() {
        return System.nanoTime() > deadline;
    }

    /** One step along the list; true when nothing more is to be looked for. */
    private boolean walk(EmailFilter within, int emails) {
        var next =
                new Page(
                        emails,
                        page.isBackward() ? Optional.empty() : Optional.ofNullable(seen),
                        page.isBackward() ? Optional.ofNullable(seen) : Optional.empty());
        var walked = list.ids(next, within);
        var ids = page.isBackward() ? walked.items().reversed() : walked.items();
        found.addAll(match.of(ids));
        if (!ids.isEmpty()) {
            seen = ids.getLast();
        }
        return isFull() || !walked.hasMore();
    }

    /** Empty when too many have the words. */
    private Optional<List<UUID>> find(String words, EmailFilter within, int most) {
        record Candidate(UUID id, boolean isShown) {}
        var range = range(within);
        var candidates =
                scope.bind(handle.createQuery(page.isBackward() ? FIND.replace(" desc", "") : FIND))
                        .configure(SqlStatements.class, all -> all.setUnusedBindingAllowed(true))
                        .bind("query", words)
                        .bind("above", range.above())
                        .bind("below", range.below())
                        .bind("most", most + 1)
                        .bind("mailbox", within.mailbox())
                        .bind("states", within.stateTexts())
                        .bind("tags", within.tagTexts())
                        .bind("recipient", within.recipient().filter(SearchTerms::isWhole))
                        .map((row, _) ->
                                new Candidate(
                                        row.getObject("id", UUID.class),
                                        row.getBoolean("is_shown")))
                        .list();
        return candidates.size() > most
                ? Optional.empty()
                : Optional.of(
                        candidates.stream().filter(Candidate::isShown).map(Candidate::id).toList());
    }

    private Keyset range(EmailFilter within) {
        var from =
                new Page(
                        page.limit(),
                        page.isBackward() ? Optional.empty() : Optional.ofNullable(seen),
                        page.isBackward() ? Optional.ofNullable(seen) : Optional.empty());
        return Keyset.of(from).created(within.createdAfter(), within.createdBefore());
    }

    private FoundIds dayByDay(String words) {
        var range = range(filter);
        var step = page.isBackward() ? 1 : -1;
        var oldest =
                handle.createQuery(OLDEST)
                        .bind("workspace", scope.workspaceId())
                        .mapTo(UUID.class)
                        .findOne()
                        .map(SearchTerms::dayOf)
                        .orElse(0L);
        var first = Math.max(oldest, SearchTerms.dayOf(range.above()));
        var last = Math.min(today(), SearchTerms.dayOf(range.below()));
        for (var day = page.isBackward() ? first : last;
                day >= first && day <= last && !isFull();
                day += step) {
            if (!day(words, day)) {
                return givenUp();
            }
        }
        return whole();
    }

    /** False when it is given up within. */
    private boolean day(String words, long day) {
        var within = filter.created(SearchTerms.beginOf(day), SearchTerms.beginOf(day + 1));
        if (isLate()) {
            return false;
        }
        var onDay = SearchTerms.onDay(words, scope.workspaceId(), day);
        var some = find(onDay, within, RARE_ON_A_DAY);
        if (some.isPresent()) {
            found.addAll(some.get());
            seen = Keyset.firstOf(SearchTerms.beginOf(page.isBackward() ? day + 1 : day));
            return true;
        }
        while (!walk(within, AT_ONCE)) {
            if (isLate()) {
                return false;
            }
        }
        if (!isFull()) {
            seen = Keyset.firstOf(SearchTerms.beginOf(page.isBackward() ? day + 1 : day));
        }
        return true;
    }

    private static long today() {
        return Instant.now().toEpochMilli() / Duration.ofDays(1).toMillis() + 1;
    }
}
