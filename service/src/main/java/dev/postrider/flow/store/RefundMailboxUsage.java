package dev.postrider.flow.store;

import dev.postrider.postgres.Column;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Takes back from a mailbox's use what was begun and not sent after all. */
public final class RefundMailboxUsage {
    private static final String RETURN =
            """
            update mailbox_use
            set messages = greatest(mailbox_use.messages - unsent.messages, 0),
                recipients = greatest(mailbox_use.recipients - unsent.recipients, 0)
            from unnest(:workspaces, :mailboxes, :minutes, :messages, :recipients)
                as unsent(workspace_id, mailbox_id, minute, messages, recipients)
            where mailbox_use.workspace_id = unsent.workspace_id
              and mailbox_use.mailbox_id = unsent.mailbox_id
              and mailbox_use.minute = unsent.minute
            """;

    /** A mailbox's minute; sorted, so that two transactions can't wait for each other. */
    private record Bucket(UUID workspace, UUID mailbox, Instant minute)
            implements Comparable<Bucket> {
        static Bucket of(Settlement one) {
            return new Bucket(
                    one.workspace(),
                    one.attempt().email().lane().mailboxId(),
                    one.attempt().begunAt().truncatedTo(ChronoUnit.MINUTES));
        }

        @Override
        public int compareTo(Bucket other) {
            var byMailbox = mailbox.compareTo(other.mailbox);
            return byMailbox == 0 ? minute.compareTo(other.minute) : byMailbox;
        }
    }

    private record Use(int messages, int recipients) {
        Use plus(Use other) {
            return new Use(messages + other.messages, recipients + other.recipients);
        }
    }

    private RefundMailboxUsage() {}

    public static void of(Handle handle, List<Settlement> unsent) {
        if (unsent.isEmpty()) {
            return;
        }
        var uses = new TreeMap<Bucket, Use>();
        unsent.forEach(one ->
                uses.merge(
                        Bucket.of(one),
                        new Use(1, one.attempt().email().recipients().size()),
                        Use::plus));
        var rows = List.copyOf(uses.entrySet());
        handle.createUpdate(RETURN)
                .bind("workspaces", Column.of(rows, UUID.class, row -> row.getKey().workspace()))
                .bind("mailboxes", Column.of(rows, UUID.class, row -> row.getKey().mailbox()))
                .bind(
                        "minutes",
                        Column.of(
                                rows,
                                Timestamp.class,
                                row -> Timestamp.from(row.getKey().minute())))
                .bind("messages", Column.of(rows, Integer.class, row -> row.getValue().messages()))
                .bind(
                        "recipients",
                        Column.of(rows, Integer.class, row -> row.getValue().recipients()))
                .execute();
    }
}
