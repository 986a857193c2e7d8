package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
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
 * that was made while the tables were empty, which a connection keeps for minutes, looks its rows
 * up in the same indexes by the same columns.
 */
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
                    "dev.postrider.identity.login.SessionTable");

    /**
     * What comes seldom, so that it is planned anew when the server has looked at the tables, a
     * minute after the first rows.
     */
    private static final List<String> SELDOM =
            List.of(
                    "SessionTable: [with used as (",
                    "SessionTable: [update session",
                    "lane.Backlog: [",
                    "store.PurgeEmails: [with old",
                    // what waits in a mailbox: by the mailbox, or as the list is ordered
                    "PageOfEmails: [select id, from (, (select id]",
                    // by its aliases, of which most mailboxes have none
                    "FindSender: [select asked.place, false as by_alias");

    private final Connection asTheServerHasIt;
    private final Connection asTheProgramHasIt;
    private final Map<Statement, Plan> onEmptyTables = new HashMap<>();

    MillionRowPlansTest(Database database) throws SQLException {
        this.asTheServerHasIt = connect(database.url(), new Properties());
        var plans = new Properties();
        plans.setProperty("options", Database.PLANS);
        this.asTheProgramHasIt = connect(database.url(), plans);
    }

    private static Connection connect(DatabaseUrl url, Properties properties) throws SQLException {
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        return DriverManager.getConnection(url.jdbcUrl(), properties);
    }

    @BeforeAll
    void fill() throws Exception {
        for (var each : hot().toList()) {
            onEmptyTables.put(each, Plan.of(asTheProgramHasIt, each.sql()));
        }
        MillionRows.fill(asTheServerHasIt);
        try (var statement = asTheServerHasIt.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
        }
    }

    @AfterAll
    void close() throws SQLException {
        asTheServerHasIt.close();
        asTheProgramHasIt.close();
    }

    static Stream<Statement> hot() throws IOException, URISyntaxException {
        var classes = Database.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Statement.all(Path.of(classes)).stream()
                .filter(each -> HOT.stream().anyMatch(each.home()::startsWith));
    }

    @ParameterizedTest
    @MethodSource("hot")
    void readsNoLargeTableFromEndToEnd(Statement statement) throws SQLException {
        var plan = Plan.of(asTheServerHasIt, statement.sql());

        assertThat(plan.wholeTables()).as(plan.text()).isEmpty();
    }

    static Stream<Statement> often() throws IOException, URISyntaxException {
        return hot().filter(each -> SELDOM.stream().noneMatch(each.toString()::contains));
    }

    @ParameterizedTest
    @MethodSource("often")
    void looksUpTheSameWhenPlannedOnEmptyTables(Statement statement) throws SQLException {
        var empty = Objects.requireNonNull(onEmptyTables.get(statement));
        var full = Plan.of(asTheProgramHasIt, statement.sql());

        assertThat(empty.lookUps())
                .as(empty.text() + "\nand when they are full\n" + full.text())
                .isEqualTo(full.lookUps());
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
