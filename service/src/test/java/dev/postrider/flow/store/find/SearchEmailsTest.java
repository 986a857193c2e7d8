package dev.postrider.flow.store.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailState;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Among a hundred thousand emails of a hundred days a search finds exactly what has the words, in
 * both directions, page after page, however usual they are, and reads a part of the history only.
 */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchEmailsTest {
    private static final int HISTORY = 100_000;
    private static final UUID WORKSPACE = new UUID(7, 0x1234);
    private static final UUID OTHERS = new UUID(7, 0x9999);
    private static final UUID OFTEN = new UUID(2, 1);
    private static final UUID RARELY = new UUID(2, 2);
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private static final Visibility ALL =
            new Visibility(WORKSPACE, Optional.empty(), Optional.empty());

    private final Database database;

    SearchEmailsTest(Database database) {
        this.database = database;
    }

    /**
     * A thousand emails a day. All are invoices; every tenth to Müller; those of day 30 a campaign;
     * every twentieth has a number; every hundredth has failed.
     */
    @BeforeAll
    void fill() {
        database.inTransaction(handle -> {
            handle.createUpdate(
                            """
                            with numbered as materialized (
                                select n,
                                       cast(lpad(to_hex(:first + cast(n as bigint) * 86400), 12, '0')
                                            || '70008000' || lpad(to_hex(n), 12, '0') as uuid) as id,
                                       'd' || (n % 50) || '.example' as domain
                                from generate_series(0, :last) as n
                            ),
                            emails as (
                                insert into email (workspace_id, id, mailbox_id, user_id, message_id, sender,
                                                   subject, state, finished_at, give_up_at)
                                select :workspace, id,
                                       case when n % 1000 = 5 then cast(:rarely as uuid) else :often end,
                                       case when n % 1000 = 5 then cast(:rarely as uuid) else :often end,
                                       'm', 's', '', case when n % 100 = 2 then 'failed' else 'sent' end,
                                       now(), now()
                                from numbered
                            )
                            insert into email_search (workspace_id, email_id, terms)
                            select :workspace, id, array_to_tsvector(array_remove(array[
                                       :mark || 't' || (:first + cast(n as bigint) * 86400) / 86400000,
                                       :mark || 'fada@example.com',
                                       :mark || 'sinvoice',
                                       case when n % 10 = 1 then :mark || 'smuller' end,
                                       case when n / 1000 = 30 then :mark || 'scampaign' end,
                                       case when n % 20 = 3 then :mark || 's' || n end,
                                       :mark || 'lr' || n % 5000,
                                       :mark || 'd' || domain], null))
                            from numbered
                            """)
                    .bind("first", FIRST.toEpochMilli())
                    .bind("last", HISTORY - 1)
                    .bind("workspace", WORKSPACE)
                    .bind("mark", SearchTerms.mark(WORKSPACE))
                    .bind("rarely", RARELY)
                    .bind("often", OFTEN)
                    .execute();
            return handle.createUpdate(
                            """
                            insert into email_search (workspace_id, email_id, terms)
                            values (:others, gen_random_uuid(), array_to_tsvector(array[:term]))
                            """)
                    .bind("others", OTHERS)
                    .bind("term", SearchTerms.mark(WORKSPACE) + "s99983")
                    .execute();
        });
        database.read(handle -> handle.execute("analyze email, email_search"));
    }

    /** What it is, and which of the numbers. */
    record Search(String what, Visibility scope, EmailFilter filter, Predicate<Integer> has) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Search> searches() {
        return List.of(
                new Search("usual", ALL, subject("INVOICE"), _ -> true),
                new Search("begun", ALL, subject("inv"), _ -> true),
                new Search("one of ten", ALL, subject("Müller"), n -> n % 10 == 1),
                new Search("two", ALL, subject("muller invoice"), n -> n % 10 == 1),
                new Search("a past burst", ALL, subject("campaign"), n -> n / 1000 == 30),
                new Search("one", ALL, subject("99983"), n -> n == 99_983),
                new Search(
                        "one of ten in a past burst",
                        ALL,
                        subject("campaign mull"),
                        n -> n / 1000 == 30 && n % 10 == 1),
                new Search("nothing", ALL, subject("invoice zebra"), _ -> false),
                new Search("numbers are whole", ALL, subject("invoice 10003"), n -> n == 10_003),
                new Search("a domain", ALL, recipient("@D7.example"), n -> n % 50 == 7),
                new Search(
                        "a name that begins",
                        ALL,
                        recipient("r499"),
                        n -> ("r" + n % 5000).startsWith("r499")),
                new Search("a domain that begins", ALL, recipient("d4."), n -> n % 50 == 4),
                new Search("sender", ALL, sender("Ada@example.com"), _ -> true),
                new Search("another sender", ALL, sender("ada@example.org"), _ -> false),
                new Search(
                        "usual and failed",
                        ALL,
                        subject("invoice").withStates(List.of(EmailState.FAILED)),
                        n -> n % 100 == 2),
                new Search(
                        "a member's",
                        new Visibility(WORKSPACE, Optional.of(RARELY), Optional.empty()),
                        subject("invoice"),
                        n -> n % 1000 == 5),
                new Search(
                        "a key's",
                        new Visibility(WORKSPACE, Optional.empty(), Optional.of(RARELY)),
                        recipient("@d5.example"),
                        n -> n % 1000 == 5),
                new Search(
                        "of some time",
                        ALL,
                        new EmailFilter(
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("muller"),
                                Map.of(),
                                Optional.of(FIRST.plusSeconds(86_400L * 10)),
                                Optional.of(FIRST.plusSeconds(86_400L * 20))),
                        n -> n % 10 == 1 && n >= 10_000 && n < 20_000));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void findsExactlyWhatHasTheWordsNewestFirst(Search search) {
        var expected = expected(search);

        var got = new ArrayList<UUID>();
        var after = Optional.<UUID>empty();
        for (var pages = 0; pages < 4; pages++) {
            var found = ids(search, new Page(30, after, Optional.empty()));
            got.addAll(found.items());
            after = Optional.of(got).filter(all -> !all.isEmpty()).map(List::getLast);
            assertThat(found.hasMore()).isEqualTo(expected.size() > got.size());
        }

        assertThat(got).isEqualTo(expected.subList(0, Math.min(120, expected.size())));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void andOldestFirst(Search search) {
        var expected = expected(search);

        var found = ids(search, new Page(30, Optional.empty(), Optional.of(new UUID(0, 0))));

        assertThat(found.items())
                .isEqualTo(expected.subList(Math.max(0, expected.size() - 30), expected.size()));
        assertThat(found.hasMore()).isEqualTo(expected.size() > 30);
    }

    @Test
    void isFoundInTheMiddle() {
        var search = searches().get(2);
        var expected = expected(search);
        var middle = expected.get(5_000);

        assertThat(ids(search, new Page(30, Optional.of(middle), Optional.empty())).items())
                .isEqualTo(expected.subList(5_001, 5_031));
        assertThat(ids(search, new Page(30, Optional.empty(), Optional.of(middle))).items())
                .isEqualTo(expected.subList(4_970, 5_000));
    }

    static List<Arguments> costs() {
        return searches().stream()
                .filter(each -> !each.what().equals("usual and failed"))
                .map(each -> Arguments.of(each))
                .toList();
    }

    /** Index entries and rows of tables; the bound is for words that each tenth email has. */
    @ParameterizedTest
    @MethodSource("costs")
    void readsAPartOfTheHistoryOnly(Search search) {
        var page = new Page(30, Optional.empty(), Optional.empty());

        var read =
                database.inTransaction(handle -> {
                    var before = read(handle);
                    var _ = found(handle, search, page);
                    return read(handle) - before;
                });

        assertThat(read).isLessThan(HISTORY / 3);
    }

    private static List<UUID> expected(Search search) {
        return IntStream.range(0, HISTORY)
                .map(i -> HISTORY - 1 - i)
                .boxed()
                .filter(search.has())
                .map(SearchEmailsTest::id)
                .toList();
    }

    private static UUID id(int n) {
        return new UUID(
                ((FIRST.toEpochMilli() + n * 86_400L) << 16) | 0x7000, 0x8000_0000_0000_0000L | n);
    }

    private Page.Items<UUID> ids(Search search, Page page) {
        var found = database.read(handle -> found(handle, search, page));
        assertThat(found.lookedUpTo()).isEmpty();
        return found.items();
    }

    private static FoundIds found(Handle handle, Search search, Page page) {
        return new SearchEmails(handle, search.scope(), search.filter(), page).run();
    }

    private static long read(Handle handle) {
        return handle.createQuery(
                        """
                        select coalesce(sum(pg_stat_get_xact_tuples_returned(oid)
                                            + pg_stat_get_xact_tuples_fetched(oid)), 0)
                        from pg_class
                        where relnamespace = cast('public' as regnamespace)
                        """)
                .mapTo(Long.class)
                .one();
    }

    private static EmailFilter subject(String words) {
        return filter(Optional.empty(), Optional.empty(), Optional.of(words));
    }

    private static EmailFilter recipient(String text) {
        return filter(Optional.of(text), Optional.empty(), Optional.empty());
    }

    private static EmailFilter sender(String text) {
        return filter(Optional.empty(), Optional.of(text), Optional.empty());
    }

    private static EmailFilter filter(
            Optional<String> recipient, Optional<String> sender, Optional<String> subject) {
        return new EmailFilter(
                Optional.empty(),
                List.of(),
                recipient,
                sender,
                subject,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
