package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.util.Optional;

/** How far an awaited email has come. */
public final class AwaitedEmails {
    private static final String PROGRESS =
            """
            select email.state, email.awaited, email.reason, attempt.outcome, attempt.code,
                   attempt.enhanced, attempt.reply
            from email
            left join attempt
              on attempt.workspace_id = email.workspace_id
             and attempt.email_id = email.id
             and attempt.number = email.attempts
            where email.workspace_id = :workspace
              and email.id = :id
            """;

    private static final String REST_OF_EMAIL =
            """
            select ceil(extract(epoch from lane.rests_until - now()))
            from email
            join lane
              on lane.workspace_id = email.workspace_id
             and lane.mailbox_id = email.mailbox_id
            where email.workspace_id = :workspace
              and email.id = :id
              and lane.rests_until > now()
              and lane.failures = 0
            """;

    /** From here on a refused login or a broken server is tried again, not forgotten. */
    private static final String STOP_WAITING =
            """
            update email
            set awaited = false
            where workspace_id = :workspace
              and id = :id
              and awaited
            """;

    /** A server that is away isn't a limit: it may be back at any moment. */
    private static final String REST =
            """
            select ceil(extract(epoch from rests_until - now()))
            from lane
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and rests_until > now()
              and failures = 0
            """;

    private final Database database;

    public AwaitedEmails(Database database) {
        this.database = database;
    }

    /**
     * An email after its first attempt.
     *
     * @param reason why it waits, or why it ended as it did
     * @param outcome of the attempt
     */
    public record Progress(EmailState state, boolean awaited, String reason, String outcome) {}

    /**
     * Looks at the email.
     *
     * @return empty when it wasn't kept
     */
    public Optional<Progress> progress(EmailKey email) {
        return database.read(handle ->
                handle.createQuery(PROGRESS)
                        .bind("workspace", email.workspaceId())
                        .bind("id", email.id())
                        .map((row, _) ->
                                new Progress(
                                        EmailState.of(row.getString("state")),
                                        row.getBoolean("awaited"),
                                        orEmpty(row.getString("reason")),
                                        orEmpty(row.getString("outcome"))))
                        .findOne());
    }

    /** How long an email's mailbox rests because a limit is reached; empty when it doesn't. */
    public Optional<Duration> rest(EmailKey email) {
        return database.read(handle ->
                handle.createQuery(REST_OF_EMAIL)
                        .bind("workspace", email.workspaceId())
                        .bind("id", email.id())
                        .mapTo(Long.class)
                        .findOne()
                        .map(Duration::ofSeconds));
    }

    /** How long a mailbox rests because a limit is reached; empty when it doesn't. */
    public Optional<Duration> rest(LaneKey lane) {
        return database.read(handle ->
                handle.createQuery(REST)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .mapTo(Long.class)
                        .findOne()
                        .map(Duration::ofSeconds));
    }

    /**
     * Tells the worker that nobody waits any more.
     *
     * @return false when the attempt has ended before
     */
    public boolean stopWaiting(EmailKey email) {
        return database.inTransaction(handle ->
                handle.createUpdate(STOP_WAITING)
                                .bind("workspace", email.workspaceId())
                                .bind("id", email.id())
                                .execute()
                        == 1);
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
