package dev.postrider.flow.store;

import dev.postrider.email.AttemptEnd;
import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far an awaited email has come. */
public final class FirstAttemptProgress {
    private static final String PROGRESS =
            """
            select asked.place, email.state, email.awaited, email.reason, attempt.outcome,
                   case when lane.rests_until > now()
                        then ceil(extract(epoch from lane.rests_until - now())) end as rest,
                   lane.rest_reason
            from unnest(:workspaces, :ids) with ordinality as asked(workspace_id, id, place)
            join email using (workspace_id, id)
            left join attempt
              on attempt.workspace_id = email.workspace_id
             and attempt.email_id = email.id
             and attempt.number = email.attempts
            left join lane
              on lane.workspace_id = email.workspace_id
             and lane.mailbox_id = email.mailbox_id
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

    public FirstAttemptProgress(Database database) {
        this.database = database;
    }

    /**
     * An email that somebody waits for.
     *
     * @param reason why it waits, or why it ended as it did
     * @param outcome of the attempt
     * @param rest of its mailbox, which isn't over
     */
    public record Progress(
            EmailState state, boolean awaited, String reason, String outcome, Optional<Rest> rest) {
        /** Empty when the email isn't kept. */
        public static Optional<Progress> of(AttemptEnd end) {
            return end.isKept()
                    ? Optional.of(
                            new Progress(
                                    end.state(),
                                    false,
                                    end.reason(),
                                    end.outcome(),
                                    Optional.empty()))
                    : Optional.empty();
        }
    }

    /** A limit is reached, or the server is away: nothing is tried before it is over. */
    public record Rest(Duration left, String reason) {}

    /** Looks at emails; those that aren't kept are left out. */
    public Map<EmailKey, Progress> progress(Collection<EmailKey> emails) {
        var asked = List.copyOf(emails);
        return database.read(handle ->
                handle
                        .createQuery(PROGRESS)
                        .bind("workspaces", Column.of(asked, UUID.class, EmailKey::workspaceId))
                        .bind("ids", Column.of(asked, UUID.class, EmailKey::id))
                        .map((row, _) ->
                                Map.entry(asked.get(row.getInt("place") - 1), progress(row)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        var rest = row.getLong("rest");
        return new Progress(
                EmailState.of(row.getString("state")),
                row.getBoolean("awaited"),
                orEmpty(row.getString("reason")),
                orEmpty(row.getString("outcome")),
                rest == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Rest(
                                        Duration.ofSeconds(rest),
                                        orEmpty(row.getString("rest_reason")))));
    }

    /** How long a mailbox rests because a limit is reached; empty when it doesn't. */
    public Optional<Duration> rest(LaneKey lane) {
        return database.of(lane.workspaceId())
                .read(handle ->
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
        return database.of(email.workspaceId())
                .inTransaction(handle ->
                        handle.createUpdate(STOP_WAITING)
                                        .bind("workspace", email.workspaceId())
                                        .bind("id", email.id())
                                        .execute()
                                == 1);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
