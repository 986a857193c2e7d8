package dev.postrider.flow.accept;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.postgres.Database;
import java.util.Optional;

/** How far an awaited email has come. */
final class AttemptTable {
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

    /** From here on a refused login or a broken server is tried again, not forgotten. */
    private static final String STOP_WAITING =
            """
            update email
            set awaited = false
            where workspace_id = :workspace
              and id = :id
              and awaited
            """;

    private final Database database;

    AttemptTable(Database database) {
        this.database = database;
    }

    /**
     * An email after its first attempt.
     *
     * @param reason why it waits, or why it ended as it did
     * @param outcome of the attempt
     */
    record Progress(EmailState state, boolean awaited, String reason, String outcome) {}

    /**
     * Looks at the email.
     *
     * @return empty when it wasn't kept
     */
    Optional<Progress> progress(EmailKey email) {
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

    /**
     * Tells the worker that nobody waits any more.
     *
     * @return false when the attempt has ended before
     */
    boolean stopWaiting(EmailKey email) {
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
