package dev.postrider.postgres.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plan that the server keeps for a statement, whatever the values of its parameters. */
record Plan(String text) {
    /** The index, its table, and what is looked up in it. */
    private static final Pattern LOOK_UP =
            Pattern.compile(
                    "Index (?:Only )?Scan (?:Backward )?using (\\w+) on (\\w+)[^\\n]*"
                            + "(?:\\n\\s+Index Cond: ([^\\n]*))?");

    /** Tables of few rows, in tests at least. */
    private static final Set<String> SMALL =
            Set.of("webhook", "email_parsed", "node", "provider_app_fault", "grant_revocation");

    private static final Pattern COLUMN = Pattern.compile("\\((?:ROW\\()?(\\w+)(?:,| [=<>])");

    private static final Pattern WHOLE_TABLE =
            Pattern.compile(
                    "Seq Scan on (email|email_content|recipient|attempt|wake|delivery|event|credential|oauth_grant"
                            + "|audit_entry|audit_outcome|audit_open)\\b.*");

    /** As the connection's settings have it. */
    static Plan of(Connection connection, String sql) throws SQLException {
        var prepared = PreparedText.of(sql);
        execute(connection, "prepare hot%s as %s".formatted(prepared.types(), prepared.sql()));
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("explain execute hot" + prepared.nulls())) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return new Plan(plan.toString());
        } finally {
            execute(connection, "deallocate hot");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The large tables that it reads from end to end. */
    Set<String> wholeTables() {
        return WHOLE_TABLE
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where it looks, and by which columns: {@code email_pkey on email (id, workspace_id)}. */
    Set<String> lookUps() {
        return LOOK_UP.matcher(text)
                .results()
                .filter(found -> !SMALL.contains(found.group(2)))
                .map(found ->
                        "%s on %s (%s)"
                                .formatted(found.group(1), found.group(2), columns(found.group(3))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String columns(@Nullable String condition) {
        return condition == null
                ? ""
                : COLUMN.matcher(condition)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
