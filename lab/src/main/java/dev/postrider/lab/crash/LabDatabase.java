package dev.postrider.lab.crash;

import dev.postrider.testkit.program.OwnPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the lab reads behind the program's back. */
record LabDatabase(OwnPostgres postgres) {

    private static final String UNFINISHED =
            """
            select count(*)
            from email
            where due_at is not null
            """;

    private static final String EMAILS =
            """
            select id, subject, message_id, state, finished_at, on_unknown = 'report' as report_only,
                   exists (select
                           from attempt
                           where attempt.workspace_id = email.workspace_id
                             and attempt.email_id = email.id
                             and attempt.outcome = 'unknown') as was_unknown
            from email
            """;

    private static final String UNKNOWN_BEGUN =
            """
            select email_id, begun_at
            from attempt
            where outcome = 'unknown'
            """;

    /** The emails whose attempts were begun in one of these periods and became unknown. */
    List<String> unknownOf(List<Period> periods) throws SQLException {
        var emails = new ArrayList<String>();
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(UNKNOWN_BEGUN)) {
            while (rows.next()) {
                var begun = rows.getTimestamp("begun_at").toInstant();
                if (periods.stream().anyMatch(period -> period.contains(begun))) {
                    emails.add(rows.getString("email_id") + " begun " + begun);
                }
            }
        }
        return emails;
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
                var finishedAt = rows.getTimestamp("finished_at");
                var messageId = rows.getString("message_id");
                emails.add(
                        new Email(
                                rows.getString("id"),
                                rows.getString("subject"),
                                messageId,
                                rows.getString("state"),
                                finishedAt == null ? Instant.MAX : finishedAt.toInstant(),
                                rows.getBoolean("report_only"),
                                rows.getBoolean("was_unknown"),
                                received.copies(messageId)));
            }
        }
        return emails;
    }
}
