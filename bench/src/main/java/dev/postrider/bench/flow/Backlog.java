package dev.postrider.bench.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Email that waits. Mailboxes are paused, one email in each is kept by the program itself, and
 * copied by the database: whatever columns there are, the copies have them.
 */
final class Backlog {
    private static final String PAUSE =
            """
            update mailbox
            set state = 'paused',
                reason = 'a backlog is made',
                updated_at = now()
            """;

    private static final String RELEASE =
            """
            update mailbox
            set state = 'active',
                reason = null,
                updated_at = now()
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = now(),
                count = count + 1
            """;

    private static final String WAITING =
            """
            select count(*)
            from email
            where due_at is not null
            """;

    private static final String CHOOSE_IDS =
            """
            create temporary table backlog as
            select email.workspace_id, email.id as original, uuidv7() as id
            from email
            cross join generate_series(2, ?)
            where email.due_at is not null
            """;

    /** All columns but those that the database makes itself. */
    private static final String COLUMNS =
            """
            select string_agg(quote_ident(attname), ', ' order by attnum)
            from pg_attribute
            where attrelid = cast(? as regclass)
              and attnum > 0
              and not attisdropped
              and attgenerated = ''
            """;

    private static final String COPY_EMAILS =
            """
            insert into email (COLUMNS)
            select VALUES
            from backlog
            join email
              on email.workspace_id = backlog.workspace_id
             and email.id = backlog.original
            """;

    private static final String COPY_CONTENTS =
            """
            insert into email_content
            select backlog.workspace_id, backlog.id, content.bytes
            from backlog
            join email_content as content
              on content.workspace_id = backlog.workspace_id
             and content.email_id = backlog.original
            """;

    private static final String COPY_RECIPIENTS =
            """
            insert into recipient (COLUMNS)
            select VALUES
            from backlog
            join recipient
              on recipient.workspace_id = backlog.workspace_id
             and recipient.email_id = backlog.original
            """;

    /** To fill them row by row takes longer than to make them anew. */
    private static final String INDEXES =
            """
            select format('drop index %I', index.relname) as drop, pg_get_indexdef(index.oid) as make
            from pg_index
            join pg_class as index
              on index.oid = pg_index.indexrelid
            where pg_index.indrelid in (cast('email' as regclass), cast('recipient' as regclass))
              and not pg_index.indisprimary
            order by index.oid
            """;

    private final Connection connection;

    Backlog(Connection connection) {
        this.connection = connection;
    }

    void pause() throws SQLException {
        execute(PAUSE);
    }

    long waiting() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(WAITING)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Makes of each email that waits so many. */
    void multiply(int by) throws SQLException {
        try (var choose =
                connection.prepareStatement(CHOOSE_IDS.replace("?", String.valueOf(by)))) {
            choose.executeUpdate();
        }
        execute("analyze backlog");
        var indexes = indexes();
        for (var each : indexes) {
            execute(each.drop());
        }
        execute(
                copy(
                        COPY_EMAILS,
                        "email",
                        Map.of(
                                "id", "backlog.id",
                                "message_id", "'<' || backlog.id || '@example.com>'",
                                "priority", "2")));
        execute(COPY_CONTENTS);
        execute(
                copy(
                        COPY_RECIPIENTS,
                        "recipient",
                        Map.of("email_id", "backlog.id", "address", "'backlog@sink.test'")));
        for (var each : indexes) {
            execute(each.make());
        }
        execute("drop table backlog");
        // as autovacuum and the checkpointer would have done while a backlog grew
        execute("vacuum analyze");
        execute("checkpoint");
    }

    /** An index, as it is dropped and made. */
    private record Index(String drop, String make) {}

    private List<Index> indexes() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(INDEXES)) {
            var indexes = new ArrayList<Index>();
            while (rows.next()) {
                indexes.add(new Index(rows.getString("drop"), rows.getString("make")));
            }
            return indexes;
        }
    }

    /** The statement that copies a table's rows, but for some columns. */
    private String copy(String statement, String table, Map<String, String> others)
            throws SQLException {
        var columns = List.of(columns(table).split(", "));
        var values =
                columns.stream()
                        .map(each -> others.getOrDefault(each, table + "." + each))
                        .toList();
        return statement
                .replace("COLUMNS", String.join(", ", columns))
                .replace("VALUES", String.join(", ", values));
    }

    private String columns(String table) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    void release() throws SQLException {
        execute(RELEASE);
        execute(WAKE);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
