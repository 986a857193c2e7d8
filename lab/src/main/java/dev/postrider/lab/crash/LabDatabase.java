package dev.postrider.lab.crash;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the lab reads and changes behind the program's back. */
record LabDatabase(OwnPostgres postgres) {

    private static final String MARK_REPORT_ONLY =
            """
            create function report_only() returns trigger language plpgsql as
            $$
            begin
                new.on_unknown := 'report';
                return new;
            end
            $$;

            create trigger report_only
            before insert on email
            for each row when (new.subject like '% report')
            execute function report_only();
            """;

    /** Retries wait for minutes; here they come at once. */
    private static final String HURRY =
            """
            update email
            set due_at = now()
            where (workspace_id, id) in (select workspace_id, id
                                         from email
                                         where state = 'queued'
                                           and due_at > now()
                                         for no key update skip locked);

            update wake
            set due_at = now(),
                count = count + 1
            where (workspace_id, mailbox_id) in (select workspace_id, mailbox_id
                                                 from wake
                                                 for no key update skip locked);
            """;

    private static final String UNFINISHED =
            """
            select count(*)
            from email
            where due_at is not null
            """;

    private static final String EMAILS =
            """
            select id, subject, message_id, state, on_unknown = 'report' as report_only,
                   exists (select
                           from attempt
                           where attempt.workspace_id = email.workspace_id
                             and attempt.email_id = email.id
                             and attempt.outcome = 'unknown') as was_unknown
            from email
            """;

    void markReportOnly() throws SQLException {
        execute(MARK_REPORT_ONLY);
    }

    void hurry() throws SQLException {
        execute(HURRY);
    }

    long unfinished() throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(UNFINISHED)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    List<Email> emails(Received received) throws SQLException {
        var emails = new ArrayList<Email>();
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(EMAILS)) {
            while (rows.next()) {
                var messageId = rows.getString("message_id");
                emails.add(
                        new Email(
                                rows.getString("id"),
                                rows.getString("subject"),
                                messageId,
                                rows.getString("state"),
                                rows.getBoolean("report_only"),
                                rows.getBoolean("was_unknown"),
                                received.copies(messageId)));
            }
        }
        return emails;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
