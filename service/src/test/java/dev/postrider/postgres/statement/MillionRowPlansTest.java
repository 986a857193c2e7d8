package dev.postrider.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.FreshDatabase;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.OnAnOwnDatabaseOnly;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With a million emails every statement of the flow goes through indexes: the plan that the server
 * keeps for all values of the parameters reads none of the large tables from end to end. And a plan
 * that was made while the database was young, which a connection keeps for minutes, looks its rows
 * up in the same indexes by the same columns.
 */
@OnAnOwnDatabaseOnly
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MillionRowPlansTest {
    /** Where these statements stand something waits for them. */
    private static final List<String> HOT =
            List.of(
                    "dev.postrider.flow.",
                    "dev.postrider.event.",
                    "dev.postrider.transport.sandbox.",
                    "dev.postrider.mailbox.sender.FindSender",
                    "dev.postrider.credential.grant.",
                    "dev.postrider.identity.apikey.ApiKeys",
                    "dev.postrider.identity.login.SessionTable",
                    "dev.postrider.audit.");

    /**
     * What comes seldom, so that it is planned anew when the server has looked at the tables, a
     * minute after the first rows.
     */
    private static final List<String> SELDOM =
            List.of(
                    "SessionTable: [with used as (",
                    "SessionTable: [update session",
                    "lane.Backlog: [",
                    // what waits in an hour, and now: by what waits, or by the hour or mailbox
                    "count.CountHour: [select array(",
                    "count.CountWaiting: [",
                    "store.PurgeEmails: [with old",
                    // what waits in a mailbox: by the mailbox, or as the list is ordered
                    "PageOfEmails: [select id, from (, (select",
                    "QueuedEmails: [",
                    "CancelQueuedMail: [",
                    "PurgeMailboxUsage: [",
                    "SweptDrafts: [",
                    // by its aliases, of which most mailboxes have none
                    "FindSender: [select asked.place, false as by_alias");

    private final Database database;
    private final Connection asTheServerHasIt;
    private final Connection asTheProgramHasIt;
    private final Map<Young, Map<Statement, Plan>> whileYoung = new EnumMap<>(Young.class);
    private final Map<Statement, Plan> whenFull = new HashMap<>();

    /** What the server has seen of the tables when it looks at them for the first times. */
    enum Young {
        UNSEEN,
        EMPTY,
        ONE_EMAIL,
        TWENTY_EMAILS,
        HUNDREDS,
        THOUSANDS,
        NOTHING_WAITS;

        void fill(Connection connection) throws SQLException {
            switch (this) {
                case UNSEEN -> {}
                case EMPTY -> new MillionRows(0, false).fill(connection);
                case ONE_EMAIL -> new MillionRows(1, false).fill(connection);
                case TWENTY_EMAILS -> new MillionRows(20, false).fill(connection);
                case HUNDREDS -> new MillionRows(200, false).fill(connection);
                case THOUSANDS -> new MillionRows(3_000, false).fill(connection);
                case NOTHING_WAITS -> new MillionRows(3_000, true).fill(connection);
            }
        }
    }

    record Case(Young young, Statement statement) {}

    MillionRowPlansTest(Database database) throws SQLException {
        this.database = database;
        this.asTheServerHasIt = FreshDatabase.connect(database.url());
        this.asTheProgramHasIt = FreshDatabase.connectAsTheProgram(database.url());
    }

    @BeforeAll
    void fill() throws Exception {
        try (var migrated = FreshDatabase.on(database.url())) {
            Database.at(migrated.url()).close();
            for (var young : Young.values()) {
                try (var copy = migrated.copy();
                        var connection = FreshDatabase.connectAsTheProgram(copy.url())) {
                    young.fill(connection);
                    whileYoung.put(young, plans(connection));
                }
            }
        }
        MillionRows.FULL.fill(asTheServerHasIt);
        whenFull.putAll(plans(asTheProgramHasIt));
        try (var statement = asTheServerHasIt.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
        }
    }

    private static Map<Statement, Plan> plans(Connection connection) throws Exception {
        var plans = new HashMap<Statement, Plan>();
        for (var each : hot().toList()) {
            plans.put(each, Plan.of(connection, each.sql()));
        }
        return plans;
    }

    @AfterAll
    void close() throws SQLException {
        asTheServerHasIt.close();
        asTheProgramHasIt.close();
    }

    static Stream<Statement> hot() throws IOException, URISyntaxException {
        var classes = Database.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Statement.all(Path.of(classes)).stream()
                .filter(each -> HOT.stream().anyMatch(each.home()::startsWith))
                // a restore looks at all there is, once
                .filter(each -> !each.home().endsWith(".DoubtQueuedMail"));
    }

    @ParameterizedTest
    @MethodSource("hot")
    void readsNoLargeTableFromEndToEnd(Statement statement) throws SQLException {
        var plan = Plan.of(asTheServerHasIt, statement.sql());

        assertThat(plan.wholeTables()).as(plan.text()).isEmpty();
    }

    static Stream<Case> often() throws IOException, URISyntaxException {
        return hot().filter(each -> SELDOM.stream().noneMatch(each.toString()::contains))
                .flatMap(each -> Stream.of(Young.values()).map(young -> new Case(young, each)));
    }

    @ParameterizedTest
    @MethodSource("often")
    void looksUpTheSameWhenPlannedInAYoungDatabase(Case planned) {
        var young =
                Objects.requireNonNull(
                        Objects.requireNonNull(whileYoung.get(planned.young()))
                                .get(planned.statement()));
        var full = Objects.requireNonNull(whenFull.get(planned.statement()));

        assertThat(lookUps(young, planned.young()))
                .as(young.text() + "\nand when they are full\n" + full.text())
                .isEqualTo(lookUps(full, planned.young()));
    }

    /** But for what the server looks at again within seconds of growth, see V1__schema.sql. */
    private static Set<String> lookUps(Plan plan, Young young) {
        return young == Young.UNSEEN
                ? plan.lookUps()
                : plan.lookUps().stream()
                        .filter(each ->
                                !each.contains(" on lane (") && !each.contains(" on wake ("))
                        .collect(Collectors.toSet());
    }

    @Test
    void aScanOfAWholeTableIsNoticed() throws SQLException {
        var plan =
                Plan.of(
                        asTheServerHasIt,
                        "select count(*) from recipient where address = :address || ''");

        assertThat(plan.wholeTables()).containsExactly("recipient");
    }
}
