package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
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
 * keeps for all values of the parameters reads none of the large tables from end to end.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MillionRowPlansTest {
    private static final Pattern WHOLE_TABLE =
            Pattern.compile(
                    "Seq Scan on (email|email_content|recipient|attempt|wake|delivery|event)\\b.*");

    private final Connection connection;

    MillionRowPlansTest(Database database) throws SQLException {
        var url = database.url();
        this.connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    @BeforeAll
    void fill() throws SQLException {
        MillionRows.fill(connection);
        execute("set plan_cache_mode = force_generic_plan");
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    static Stream<Statement> hot() throws IOException, URISyntaxException {
        var classes = Database.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Statement.all(Path.of(classes)).stream()
                .filter(each ->
                        each.home().startsWith("dev.postrider.flow.")
                                || each.home().startsWith("dev.postrider.event."));
    }

    @ParameterizedTest
    @MethodSource("hot")
    void readsNoLargeTableFromEndToEnd(Statement statement) throws SQLException {
        var plan = plan(statement.sql());

        assertThat(wholeTables(plan)).as(plan).isEmpty();
    }

    @Test
    void aScanOfAWholeTableIsNoticed() throws SQLException {
        assertThat(
                        wholeTables(
                                plan(
                                        "select count(*) from recipient where address = :address || ''")))
                .isNotEmpty();
    }

    private static List<String> wholeTables(String plan) {
        return WHOLE_TABLE.matcher(plan).results().map(found -> found.group()).toList();
    }

    private String plan(String sql) throws SQLException {
        var prepared = PreparedText.of(sql);
        execute("prepare hot%s as %s".formatted(prepared.types(), prepared.sql()));
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("explain execute hot" + prepared.nulls())) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        } finally {
            execute("deallocate hot");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
