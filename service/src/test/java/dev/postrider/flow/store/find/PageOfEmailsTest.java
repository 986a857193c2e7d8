package dev.postrider.flow.store.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailState;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page costs what stands on it, not what stands in the history: among a hundred thousand emails
 * the three oldest are found by whatever is theirs alone, in both directions, whichever kind of
 * plan the server keeps.
 */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageOfEmailsTest {
    private static final int HISTORY = 100_000;

    /** Entries of indexes and rows of tables; a walk through the history reads all of it. */
    private static final long FEW = 1_000;

    private static final UUID WORKSPACE = new UUID(1, 1);
    private static final UUID OFTEN = new UUID(2, 1);
    private static final UUID RARELY = new UUID(2, 2);
    private static final Visibility ALL =
            new Visibility(WORKSPACE, Optional.empty(), Optional.empty());
    private static final EmailFilter NOTHING = EmailFilter.NONE;
    private static final Duration NEVER = Duration.ofDays(1);

    private final Database database;

    PageOfEmailsTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    void fill() {
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into email (workspace_id, id, mailbox_id, user_id, message_id, sender, subject,
                                       state, due_at, finished_at, give_up_at, tags)
                    select ?, cast(lpad(to_hex(i), 32, '0') as uuid),
                           case when i <= 3 then ? else ? end, case when i <= 3 then ? else ? end,
                           'm', 's', 'a subject',
                           case when i = 1 then 'failed' when i = 2 then 'refused' when i = 3 then 'queued'
                                else 'sent' end,
                           case when i = 3 then now() end, case when i <> 3 then now() end, now(),
                           case when i <= 3 then cast('{"kind": "rare", "a": "b"}' as jsonb)
                                else '{"kind": "often"}' end
                    from generate_series(1, ?) as i
                    """,
                    WORKSPACE,
                    RARELY,
                    OFTEN,
                    RARELY,
                    OFTEN,
                    HISTORY);
            handle.execute(
                    """
                    insert into email_tag (workspace_id, name, value, email_id)
                    select workspace_id, key, value, id
                    from email
                    cross join lateral jsonb_each_text(tags)
                    """);
            return handle.execute(
                    """
                    insert into recipient (workspace_id, email_id, position, kind, address)
                    select workspace_id, id, 0, 'to',
                           case when mailbox_id = ? then 'Rare@example.org' else 'often@example.org' end
                    from email
                    """,
                    RARELY);
        });
        database.read(handle -> handle.execute("analyze email, email_tag, recipient"));
    }

    static Stream<Arguments> rare() {
        return Stream.of("force_generic_plan", "force_custom_plan")
                .flatMap(plans ->
                        Stream.of(
                                Arguments.of("mailbox", plans, ALL, mailbox(RARELY), 3),
                                Arguments.of("failed", plans, ALL, state(EmailState.FAILED), 1),
                                Arguments.of("queued", plans, ALL, state(EmailState.QUEUED), 1),
                                Arguments.of(
                                        "several states",
                                        plans,
                                        ALL,
                                        state(
                                                EmailState.FAILED,
                                                EmailState.REFUSED,
                                                EmailState.QUEUED),
                                        3),
                                Arguments.of(
                                        "failed in a mailbox where it never was",
                                        plans,
                                        ALL,
                                        mailbox(OFTEN).withStates(List.of(EmailState.FAILED)),
                                        0),
                                Arguments.of(
                                        "refused in a mailbox",
                                        plans,
                                        ALL,
                                        mailbox(RARELY)
                                                .withStates(
                                                        List.of(
                                                                EmailState.REFUSED,
                                                                EmailState.FAILED)),
                                        2),
                                Arguments.of(
                                        "a member's failed",
                                        plans,
                                        user(RARELY),
                                        state(EmailState.FAILED),
                                        1),
                                Arguments.of(
                                        "failed, for a key of another mailbox",
                                        plans,
                                        key(OFTEN),
                                        state(EmailState.FAILED),
                                        0),
                                Arguments.of(
                                        "what two mailboxes have",
                                        plans,
                                        key(OFTEN),
                                        mailbox(RARELY),
                                        0),
                                Arguments.of(
                                        "a rare recipient's sent",
                                        plans,
                                        ALL,
                                        recipient("rare@example.org")
                                                .withStates(List.of(EmailState.SENT)),
                                        0),
                                Arguments.of("tag", plans, ALL, tags(Map.of("kind", "rare")), 3),
                                Arguments.of(
                                        "recipient", plans, ALL, recipient("rare@example.ORG"), 3),
                                Arguments.of("user", plans, user(RARELY), NOTHING, 3),
                                Arguments.of("key's mailbox", plans, key(RARELY), NOTHING, 3),
                                Arguments.of("none", plans, ALL, NOTHING, 20),
                                Arguments.of("sent", plans, ALL, state(EmailState.SENT), 20),
                                Arguments.of("a large mailbox", plans, ALL, mailbox(OFTEN), 20),
                                Arguments.of(
                                        "a usual tag",
                                        plans,
                                        ALL,
                                        tags(Map.of("kind", "often")),
                                        20),
                                Arguments.of(
                                        "a usual tag in a small mailbox that never has it",
                                        plans,
                                        ALL,
                                        tagIn(RARELY),
                                        0),
                                Arguments.of(
                                        "the same for a key of that mailbox",
                                        plans,
                                        key(RARELY),
                                        tags(Map.of("kind", "often")),
                                        0),
                                Arguments.of(
                                        "a usual recipient",
                                        plans,
                                        ALL,
                                        recipient("often@example.org"),
                                        20)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rare")
    void aPageReadsLittleMoreThanItself(
            String what, String plans, Visibility scope, EmailFilter filter, int found) {
        var forward = new Page(20, Optional.empty(), Optional.empty());
        var backward = new Page(20, Optional.empty(), Optional.of(new UUID(0, 0)));

        for (var page : List.of(forward, backward)) {
            var cost = cost(plans, handle -> found(handle, scope, filter, page).items());
            assertThat(cost.ids()).as(what).hasSize(found);
            assertThat(cost.read()).as("rows that were read for " + what).isLessThan(FEW);
        }
    }

    /** What tells a large mailbox from a small one is all that is read in vain. */
    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aUsualTagInALargeMailboxIsFoundByTheTag(String plans) {
        var page = new Page(20, Optional.empty(), Optional.empty());

        var cost = cost(plans, handle -> found(handle, ALL, tagIn(OFTEN), page).items());

        assertThat(cost.ids()).hasSize(20);
        assertThat(cost.read()).isBetween(30_000L, 30_000 + FEW);
    }

    /** Two filters that nearly all emails have, and none both. */
    @Test
    void whatTakesTooLongSaysHowFarItHasLooked() {
        var filter = recipient("often@example.org").withStates(List.of(EmailState.UNKNOWN));
        var page = new Page(20, Optional.empty(), Optional.empty());

        var found =
                database.read(
                        handle -> new SearchEmails(handle, ALL, filter, page, Duration.ZERO).run());

        assertThat(found.items()).isEqualTo(new Page.Items<>(List.of(), true));
        assertThat(found.lookedUpTo()).contains(new UUID(0, HISTORY - 99));
    }

    /** Or the test above couldn't fail. */
    @Test
    void aWalkThroughTheHistoryIsNoticed() {
        var cost =
                cost(
                        "auto",
                        handle ->
                                handle.createQuery("select id from email where subject = 'none'")
                                        .mapTo(UUID.class)
                                        .list());

        assertThat(cost.read()).isGreaterThanOrEqualTo(HISTORY);
    }

    @Test
    void bothDirectionsShowTheSame() {
        var all = ids(NOTHING, new Page(100, Optional.empty(), Optional.empty()));
        var before = ids(NOTHING, new Page(10, Optional.empty(), Optional.of(all.items().get(50))));

        assertThat(before.items()).isEqualTo(all.items().subList(40, 50));
        assertThat(before.hasMore()).isTrue();
    }

    @Test
    void allTagsThatAreAskedForMustBeThere() {
        var two = new Page(2, Optional.empty(), Optional.empty());

        assertThat(ids(tags(Map.of("kind", "rare", "a", "b")), two))
                .isEqualTo(new Page.Items<>(List.of(new UUID(0, 3), new UUID(0, 2)), true));
        assertThat(ids(tags(Map.of("kind", "rare", "a", "c")), two).items()).isEmpty();
    }

    private Page.Items<UUID> ids(EmailFilter filter, Page page) {
        return database.read(handle -> found(handle, ALL, filter, page));
    }

    private static Page.Items<UUID> found(
            Handle handle, Visibility scope, EmailFilter filter, Page page) {
        var found = new SearchEmails(handle, scope, filter, page, NEVER).run();
        assertThat(found.lookedUpTo()).isEmpty();
        return found.items();
    }

    private record Cost(List<UUID> ids, long read) {}

    private interface Look {
        List<UUID> in(Handle handle);
    }

    /** What one look reads; the server counts for the transaction. */
    private Cost cost(String plans, Look look) {
        return database.inTransaction(handle -> {
            handle.execute("set local plan_cache_mode = " + plans);
            var before = read(handle);
            var ids = look.in(handle);
            return new Cost(ids, read(handle) - before);
        });
    }

    private static long read(Handle handle) {
        return handle.createQuery(
                        """
                        select coalesce(sum(pg_stat_get_xact_tuples_returned(oid)), 0)
                        from pg_class
                        where relnamespace = cast('public' as regnamespace)
                        """)
                .mapTo(Long.class)
                .one();
    }

    private static Visibility user(UUID user) {
        return new Visibility(WORKSPACE, Optional.of(user), Optional.empty());
    }

    private static Visibility key(UUID mailbox) {
        return new Visibility(WORKSPACE, Optional.empty(), Optional.of(mailbox));
    }

    private static EmailFilter mailbox(UUID id) {
        return new EmailFilter(
                Optional.of(id),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static EmailFilter state(EmailState... states) {
        return new EmailFilter(
                Optional.empty(),
                List.of(states),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static EmailFilter tags(Map<String, String> tags) {
        return new EmailFilter(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                tags,
                Optional.empty(),
                Optional.empty());
    }

    private static EmailFilter tagIn(UUID mailbox) {
        return new EmailFilter(
                Optional.of(mailbox),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("kind", "often"),
                Optional.empty(),
                Optional.empty());
    }

    private static EmailFilter recipient(String address) {
        return new EmailFilter(
                Optional.empty(),
                List.of(),
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
