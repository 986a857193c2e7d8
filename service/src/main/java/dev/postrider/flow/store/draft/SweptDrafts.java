package dev.postrider.flow.store.draft;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.transport.LeftDrafts;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What was kept of emails' drafts, once the emails are over or gone. A sweep takes the place of the
 * last attempt, by its name; whoever sends the email after all takes the sweep's.
 */
@Singleton
public final class SweptDrafts implements LeftDrafts {
    /** Those of emails that aren't over are looked at again soon; a sweep in vain waits longer. */
    private static final String CLAIM =
            """
            with due as (
                select workspace_id, email_id
                from email_draft
                where sweep_at <= now()
                order by sweep_at
                limit :most
                for update skip locked
            ),
            seen as (
                select due.workspace_id, due.email_id,
                       not exists (
                           select
                           from email
                           where email.workspace_id = due.workspace_id
                             and email.id = due.email_id
                             and (email.finished_at is null
                                  or email.finished_at > now() - cast(:settles as interval))
                       ) as is_over
                from due
            )
            update email_draft
            set sweep_at = case
                    when seen.is_over
                    then now() + cast(:first as interval) * power(2, least(email_draft.sweeps, 6))
                    else now() + interval '1 minute'
                end,
                sweeps = email_draft.sweeps + case when seen.is_over then 1 else 0 end,
                attempt = case when seen.is_over then :sweep else email_draft.attempt end
            from seen
            where email_draft.workspace_id = seen.workspace_id
              and email_draft.email_id = seen.email_id
            returning email_draft.*, seen.is_over
            """;

    private static final String IS_LEFT =
            """
            select exists (
                select
                from email_draft
                where workspace_id = :workspace
                  and email_id = :email
                  and attempt = :sweep
            )
            """;

    private static final String END =
            """
            delete from email_draft
            where workspace_id = :workspace
              and email_id = :email
              and attempt = :sweep
            """;

    /** Longer than the calls of one claim may take; doubled by each try, up to 16 hours. */
    private static final Duration FIRST = Duration.ofMinutes(15);

    private final Database database;

    public SweptDrafts(Database database) {
        this.database = database;
    }

    /** What was seen of one row: its email may not be over. */
    private record Seen(Left left, boolean isOver) {}

    @Override
    public List<Left> claim(int most, Duration settles) {
        List<Seen> seen;
        List<Left> left;
        do {
            seen =
                    database.inTransaction(
                            handle -> claim(handle, UUID.randomUUID(), most, settles));
            left = seen.stream().filter(Seen::isOver).map(Seen::left).toList();
            // those that aren't over keep no others from their turn
        } while (left.isEmpty() && !seen.isEmpty());
        return left;
    }

    private static List<Seen> claim(Handle handle, UUID sweep, int most, Duration settles) {
        return handle.createQuery(CLAIM)
                .bind("most", most)
                .bind("settles", settles)
                .bind("first", FIRST)
                .bind("sweep", sweep)
                .map((row, _) -> seen(row, sweep))
                .list();
    }

    private static Seen seen(ResultSet row, UUID sweep) throws SQLException {
        var workspace = row.getObject("workspace_id", UUID.class);
        return new Seen(
                new Left(
                        new EmailKey(workspace, row.getObject("email_id", UUID.class)),
                        sweep,
                        new MailboxKey(workspace, row.getObject("mailbox_id", UUID.class)),
                        row.getString("message_id"),
                        row.getInt("sweeps")),
                row.getBoolean("is_over"));
    }

    @Override
    public boolean isStillLeft(Left left) {
        return database.read(handle ->
                handle.createQuery(IS_LEFT)
                        .bind("workspace", left.email().workspaceId())
                        .bind("email", left.email().id())
                        .bind("sweep", left.sweep())
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void swept(Left left) {
        database.inTransaction(handle ->
                handle.createUpdate(END)
                        .bind("workspace", left.email().workspaceId())
                        .bind("email", left.email().id())
                        .bind("sweep", left.sweep())
                        .execute());
    }
}
