package dev.postrider.bench.flow;

import java.sql.Connection;
import java.sql.SQLException;

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

    /** All but those that the database makes itself. */
    private static final String COLUMNS =
            """
            select string_agg(quote_ident(attname), ', ' order by attnum)
            from pg_attribute
            where attrelid = 'email'::regclass
              and attnum > 0
              and not attisdropped
              and attgenerated = ''
            """;

    private static final String COPY_EMAILS =
            """
            insert into email (COLUMNS)
            select COLUMNS
            from (select copy.*
            from backlog
            join email on email.workspace_id = backlog.workspace_id and email.id = backlog.original
            cross join jsonb_populate_record(
                email, jsonb_build_object('id', backlog.id, 'message_id', '<' || backlog.id || '@example.com>',
                                          'priority', 2)) as copy) as copies
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
            insert into recipient
            select copy.*
            from backlog
            join recipient
              on recipient.workspace_id = backlog.workspace_id
             and recipient.email_id = backlog.original
            cross join jsonb_populate_record(
                recipient, jsonb_build_object('email_id', backlog.id, 'address', 'backlog@sink.test')) as copy
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
        execute(COPY_EMAILS.replace("COLUMNS", columns()));
        execute(COPY_CONTENTS);
        execute(COPY_RECIPIENTS);
        execute("drop table backlog");
        // as autovacuum and the checkpointer would have done while a backlog grew
        execute("vacuum analyze");
        execute("checkpoint");
    }

    private String columns() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            rows.next();
            return rows.getString(1);
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
