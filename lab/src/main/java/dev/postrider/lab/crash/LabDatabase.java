package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the lab reads behind the program's back. */
public record LabDatabase(ConnectDatabase database) {

    private static final String UNFINISHED =
            """
            select count(*)
            from email
            where due_at is not null
            """;

    private static final String DRAFTS =
            """
            select count(*)
            from email_draft
            """;

    private static final String EMAILS =
            """
            select email.id, email.subject, email.message_id, email.state, email.finished_at,
                   email.on_unknown = 'report' as report_only, mailbox.provider, mailbox.address,
                   email.state = 'unknown'
                       and coalesce(email.reason, '') like '%has sent more than%' as sent_too_much,
                   exists (select
                           from attempt
                           where attempt.workspace_id = email.workspace_id
                             and attempt.email_id = email.id
                             and attempt.outcome = 'unknown') as was_unknown
            from email
            join mailbox
              on mailbox.workspace_id = email.workspace_id
             and mailbox.id = email.mailbox_id
            """;

    private static final String SANDBOX =
            """
            select content, received_at
            from sandbox_message
            """;

    /** The first of each email. */
    private static final String UNKNOWN_BEGUN =
            """
            select email_id, min(begun_at) as begun_at
            from attempt
            where outcome = 'unknown'
            group by email_id
            """;

    /**
     * The emails with an attempt that was begun in one of these periods and became unknown; looks
     * for those that were so before count as such attempts, too.
     */
    List<String> unknownOf(List<Period> periods) throws SQLException {
        var emails = new ArrayList<String>();
        try (var connection = database.connect();
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

    public long unfinished() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(UNFINISHED)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Emails of which drafts may be left. */
    public long drafts() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(DRAFTS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What sandbox mailboxes have taken is here, too. */
    void readSandbox(Received received) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(SANDBOX)) {
            while (rows.next()) {
                received.add(
                        Received.messageId(rows.getBytes("content")),
                        rows.getBytes("content"),
                        rows.getTimestamp("received_at").toInstant());
            }
        }
    }

    public List<Email> emails(Received received) throws SQLException {
        var emails = new ArrayList<Email>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(EMAILS)) {
            while (rows.next()) {
                emails.add(email(rows, received));
            }
        }
        return emails;
    }

    private static Email email(ResultSet row, Received received) throws SQLException {
        var finishedAt = row.getTimestamp("finished_at");
        var address = row.getString("address");
        var isByApi = Set.of("gmail", "microsoft").contains(row.getString("provider"));
        var name = row.getString(isByApi ? "id" : "message_id");
        return new Email(
                row.getString("id"),
                row.getString("subject"),
                name,
                row.getString("state"),
                finishedAt == null ? Instant.MAX : finishedAt.toInstant(),
                row.getBoolean("report_only"),
                isByApi
                        && !row.getBoolean("sent_too_much")
                        && Account.EVERY.stream()
                                .filter(account -> account.address().equals(address))
                                .anyMatch(Account::mayBeLookedInto),
                row.getBoolean("was_unknown"),
                received.copies(name));
    }
}
