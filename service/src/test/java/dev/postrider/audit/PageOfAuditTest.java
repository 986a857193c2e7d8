package dev.postrider.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
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

/**
 * A page of the log costs what stands on it: among a hundred thousand entries the few oldest are
 * found by whatever is theirs alone, in both directions, whichever kind of plan the server keeps.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageOfAuditTest {
    private static final int HISTORY = 100_000;

    /** Entries of indexes and rows of tables; a walk through the history reads all of it. */
    private static final long FEW = 1_000;

    private static final UUID WORKSPACE = new UUID(1, 1);
    private static final UUID OFTEN = new UUID(2, 1);
    private static final UUID RARELY = new UUID(2, 2);
    private static final UUID MADE = new UUID(2, 3);

    private final Database database;

    PageOfAuditTest(Database database) {
        this.database = database;
    }

    /** The three oldest are rare; of the fourth and the fifth only the outcome is. */
    @BeforeAll
    void fill() {
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into audit_entry (workspace_id, id, actor_id, actor, address, action, subject_kind,
                                             subject_id, subject, outcome)
                    select ?, cast(lpad(to_hex(i), 32, '0') as uuid), case when i <= 3 then cast(? as uuid) else ? end,
                           case when i <= 3 then 'Rare@example.org' else 'often@example.org' end,
                           case when i <= 3 then '198.51.100.1' else '198.51.100.2' end,
                           case when i = 1 then 'rare.one' when i <= 3 then 'rare.two' else 'often.done' end,
                           case when i <= 3 then 'rare' else 'often' end,
                           case when i <= 3 then cast(? as uuid) else ? end, 's',
                           case when i = 4 then 'refused' when i > 50000 then 'done' end
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
                    insert into audit_outcome (workspace_id, entry_id, status, subject_id)
                    select workspace_id, id, case id when ? then 500 when ? then 404 else 200 end,
                           case when id = ? then cast(? as uuid) end
                    from audit_entry
                    where outcome is null
                      and id not in (?, ?)
                    """,
                    id(5),
                    id(6),
                    id(5),
                    MADE,
                    id(2),
                    id(3));
            return handle.execute(
                    """
                    insert into audit_open (workspace_id, entry_id)
                    values (?, ?), (?, ?)
                    """,
                    WORKSPACE,
                    id(2),
                    WORKSPACE,
                    id(3));
        });
        database.read(handle -> handle.execute("analyze audit_entry, audit_outcome, audit_open"));
    }

    static Stream<Arguments> filters() {
        return Stream.of("force_generic_plan", "force_custom_plan")
                .flatMap(plans ->
                        Stream.of(
                                Arguments.of(plans, new Asked("none"), 20),
                                Arguments.of(plans, new Asked("actor id").actorId(RARELY), 3),
                                Arguments.of(
                                        plans, new Asked("actor").actor("rare@EXAMPLE.org"), 3),
                                Arguments.of(plans, new Asked("usual actor").actorId(OFTEN), 20),
                                Arguments.of(plans, new Asked("action").action("rare.one"), 1),
                                Arguments.of(plans, new Asked("actions").action("rare"), 3),
                                Arguments.of(plans, new Asked("usual action").action("often."), 20),
                                Arguments.of(plans, new Asked("no action").action("nothing"), 0),
                                Arguments.of(plans, new Asked("kind").kind("rare"), 3),
                                Arguments.of(plans, new Asked("usual kind").kind("often"), 20),
                                Arguments.of(plans, new Asked("subject").subject(RARELY), 3),
                                Arguments.of(plans, new Asked("made").subject(MADE), 1),
                                Arguments.of(plans, new Asked("usual subject").subject(OFTEN), 20),
                                Arguments.of(
                                        plans, new Asked("address").address("198.51.100.1"), 3),
                                Arguments.of(
                                        plans,
                                        new Asked("usual address").address("198.51.100.2"),
                                        20),
                                Arguments.of(
                                        plans,
                                        new Asked("refused").outcome(AuditOutcome.REFUSED),
                                        2),
                                Arguments.of(
                                        plans, new Asked("failed").outcome(AuditOutcome.FAILED), 1),
                                Arguments.of(
                                        plans,
                                        new Asked("unknown").outcome(AuditOutcome.UNKNOWN),
                                        2),
                                Arguments.of(
                                        plans, new Asked("done").outcome(AuditOutcome.DONE), 20)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("filters")
    void aPageReadsLittleMoreThanItself(String plans, Asked asked, int found) {
        var forward = new Page(20, Optional.empty(), Optional.empty());
        var backward = new Page(20, Optional.empty(), Optional.of(new UUID(0, 0)));

        for (var page : List.of(forward, backward)) {
            var cost = cost(plans, asked.filter(), page);
            assertThat(cost.entries()).hasSize(found);
            assertThat(cost.read()).as("rows that were read").isLessThan(FEW);
        }
    }

    /** Each way is asked for 2,000 entries at most to tell. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("together")
    void ofSeveralTheOneThatLeavesTheLeastLeads(String plans, Asked asked, int found) {
        var cost = cost(plans, asked.filter(), new Page(20, Optional.empty(), Optional.empty()));

        assertThat(cost.entries()).hasSize(found);
        assertThat(cost.read()).as("rows that were read").isLessThan(20_000);
    }

    static Stream<Arguments> together() {
        return Stream.of("force_generic_plan", "force_custom_plan")
                .flatMap(plans ->
                        Stream.of(
                                Arguments.of(
                                        plans, new Asked("none").actorId(OFTEN).action("rare."), 0),
                                Arguments.of(
                                        plans,
                                        new Asked("one")
                                                .actorId(OFTEN)
                                                .outcome(AuditOutcome.FAILED),
                                        1),
                                Arguments.of(
                                        plans,
                                        new Asked("usual")
                                                .actor("often@example.org")
                                                .action("often")
                                                .kind("often")
                                                .outcome(AuditOutcome.DONE),
                                        20)));
    }

    @Test
    void whatIsTooRareAmongUsualThingsIsGivenUpAndCanBeGoneOnWith() {
        // each of them is usual: a page of which little stands in the first 4,000 isn't whole there
        var asked = new Asked("rare").actorId(OFTEN).outcome(AuditOutcome.DONE).subject(OFTEN);
        var rare = asked.action("often").address("198.51.100.2").kind("often").filter();
        var page = new Page(60_000, Optional.empty(), Optional.empty());

        var whole =
                database.read(handle -> PageOfAudit.read(handle, WORKSPACE, rare, page, 1_000_000));
        var part = database.read(handle -> PageOfAudit.read(handle, WORKSPACE, rare, page, 4_000));

        assertThat(whole.unread()).isEmpty();
        assertThat(whole.entries().items()).hasSize(60_000);
        assertThat(part.unread()).contains(id(HISTORY - 3_999));
        assertThat(part.entries().items()).hasSize(4_000);
    }

    @Test
    void aTimeLeavesOnlyWhatWasDoneThen() {
        var later = Instant.ofEpochMilli(1);
        assertThat(new Asked("later").from(later).filter())
                .satisfies(filter -> assertThat(list(filter)).isEmpty());
        assertThat(new Asked("before").until(later).filter())
                .satisfies(filter -> assertThat(list(filter)).hasSize(20));
    }

    @Test
    void bothDirectionsShowTheSame() {
        var filter = new Asked("often").actorId(OFTEN).action("often").filter();
        var all = page(filter, new Page(100, Optional.empty(), Optional.empty()));
        var middle = Optional.of(all.items().get(50).id());
        var before = page(filter, new Page(10, Optional.empty(), middle));

        assertThat(before.items()).isEqualTo(all.items().subList(40, 50));
        assertThat(before.hasMore()).isTrue();
    }

    private List<AuditEntry> list(AuditFilter filter) {
        return page(filter, new Page(20, Optional.empty(), Optional.empty())).items();
    }

    private Page.Items<AuditEntry> page(AuditFilter filter, Page page) {
        return database.read(handle -> PageOfAudit.read(handle, WORKSPACE, filter, page)).entries();
    }

    private record Cost(List<AuditEntry> entries, long read) {}

    /** What one look reads; the server counts for the transaction. */
    private Cost cost(String plans, AuditFilter filter, Page page) {
        return database.inTransaction(handle -> {
            handle.execute("set local plan_cache_mode = " + plans);
            var before = read(handle);
            var entries = PageOfAudit.read(handle, WORKSPACE, filter, page).entries().items();
            return new Cost(entries, read(handle) - before);
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

    private static UUID id(long number) {
        return new UUID(0, number);
    }

    /** A filter, named for the report. */
    record Asked(String name, AuditFilter filter) {
        Asked(String name) {
            this(name, AuditFilter.ALL);
        }

        Asked actorId(UUID id) {
            return with(Optional.of(id), filter.actor(), filter.action(), filter.subjectKind());
        }

        Asked actor(String actor) {
            return with(
                    filter.actorId(), Optional.of(actor), filter.action(), filter.subjectKind());
        }

        Asked action(String action) {
            return with(
                    filter.actorId(), filter.actor(), Optional.of(action), filter.subjectKind());
        }

        Asked kind(String kind) {
            return with(filter.actorId(), filter.actor(), filter.action(), Optional.of(kind));
        }

        private Asked with(
                Optional<UUID> actorId,
                Optional<String> actor,
                Optional<String> action,
                Optional<String> kind) {
            return new Asked(
                    name,
                    new AuditFilter(
                            actorId,
                            actor,
                            action,
                            kind,
                            filter.subjectId(),
                            filter.outcome(),
                            filter.address(),
                            filter.from(),
                            filter.until()));
        }

        Asked subject(UUID id) {
            return ended(Optional.of(id), filter.outcome(), filter.address());
        }

        Asked outcome(AuditOutcome outcome) {
            return ended(filter.subjectId(), Optional.of(outcome), filter.address());
        }

        Asked address(String address) {
            return ended(filter.subjectId(), filter.outcome(), Optional.of(address));
        }

        private Asked ended(
                Optional<UUID> subject, Optional<AuditOutcome> outcome, Optional<String> address) {
            return at(subject, outcome, address, filter.from(), filter.until());
        }

        Asked from(Instant time) {
            return at(
                    filter.subjectId(),
                    filter.outcome(),
                    filter.address(),
                    Optional.of(time),
                    filter.until());
        }

        Asked until(Instant time) {
            return at(
                    filter.subjectId(),
                    filter.outcome(),
                    filter.address(),
                    filter.from(),
                    Optional.of(time));
        }

        private Asked at(
                Optional<UUID> subject,
                Optional<AuditOutcome> outcome,
                Optional<String> address,
                Optional<Instant> from,
                Optional<Instant> until) {
            return new Asked(
                    name,
                    new AuditFilter(
                            filter.actorId(),
                            filter.actor(),
                            filter.action(),
                            filter.subjectKind(),
                            subject,
                            outcome,
                            address,
                            from,
                            until));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
