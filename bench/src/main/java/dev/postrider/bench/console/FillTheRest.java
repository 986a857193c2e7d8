package dev.postrider.bench.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What else there is in a large installation: the mailboxes that emails are in, and a long log. */
final class FillTheRest {
    private static final int MAILBOXES = 1_000;

    /** Those that the emails are in; the one that there is stays the user's default. */
    private static final String MAILBOX =
            """
            insert into mailbox (COLUMNS)
            select VALUES
            from (select * from mailbox order by created_at limit 1) as original
            cross join generate_series(0, %d) as n
            """
                    .formatted(MAILBOXES - 1);

    private static final Map<String, String> DIFFERENT =
            Map.of(
                    "id", "cast('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid)",
                    "address", "'m' || n || '@example.com'",
                    "is_default", "false");

    private static final String LANES =
            """
            insert into lane (workspace_id, mailbox_id)
            select workspace_id, id
            from mailbox
            on conflict do nothing
            """;

    private static final String LOG =
            """
            insert into audit_entry (workspace_id, id, at, actor_id, actor, address, action, subject_kind, subject_id,
                                     subject)
            select u.workspace_id, uuidv7(make_interval(secs => (n - ROWS) * 60)),
                   now() + make_interval(secs => (n - ROWS) * 60), u.id, u.email,
                   '198.51.' || n % 256 || '.' || n % 199,
                   case when n % 100 = 1 then 'mailbox.connected' when n % 5 = 2 then 'session.opened'
                        else 'email.read' end,
                   case when n % 100 = 1 then 'mailbox' when n % 5 = 2 then 'session' else 'email' end,
                   gen_random_uuid(), '/emails/' || n
            from user_account as u
            cross join generate_series(1, ROWS) as n
            """;

    private static final String OUTCOMES =
            """
            insert into audit_outcome (workspace_id, entry_id, status)
            select workspace_id, id, case when subject like '%00007' then 404 else 200 end
            from audit_entry
            where outcome is null
            on conflict do nothing
            """;

    private static final String COLUMNS_OF =
            """
            select attname
            from pg_attribute
            where attrelid = cast('mailbox' as regclass)
              and attnum > 0
              and not attisdropped
              and attgenerated = ''
            order by attnum
            """;

    private FillTheRest() {}

    /**
     * Fills.
     *
     * @param entries of the audit log, one a minute
     */
    static void into(Connection connection, int entries) throws SQLException {
        var columns = columns(connection);
        var values =
                columns.stream()
                        .map(each -> DIFFERENT.getOrDefault(each, "original." + each))
                        .collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.execute(
                    MAILBOX.replace("COLUMNS", String.join(", ", columns))
                            .replace("VALUES", values));
            statement.execute(LANES);
            statement.execute(LOG.replace("ROWS", String.valueOf(entries)));
            statement.execute(OUTCOMES);
            statement.execute("vacuum analyze mailbox, lane, audit_entry, audit_outcome");
        }
    }

    private static List<String> columns(Connection connection) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COLUMNS_OF)) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }
}
