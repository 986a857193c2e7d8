package dev.postrider.flow.store.change;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.NewId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Says in an email's own account who has changed it, in the transaction of the change. */
record RecordChange(Handle handle, EmailKey email, ChangedBy by) {
    private static final String INSERT =
            """
            insert into email_change
                (workspace_id, email_id, id, change, user_id, key_id, from_mailbox, to_mailbox, scheduled_at)
            values
                (:workspace, :email, :id, :change, :user, :key, :from, :to, :scheduled_at)
            """;

    void retried() {
        insert("retried", Optional.empty(), Optional.empty(), Optional.empty());
    }

    void canceled() {
        insert("canceled", Optional.empty(), Optional.empty(), Optional.empty());
    }

    void rescheduled(Instant to) {
        insert("rescheduled", Optional.empty(), Optional.empty(), Optional.of(to));
    }

    void moved(UUID from, UUID to) {
        insert("moved", Optional.of(from), Optional.of(to), Optional.empty());
    }

    private void insert(
            String change, Optional<UUID> from, Optional<UUID> to, Optional<Instant> scheduledAt) {
        handle.createUpdate(INSERT)
                .bind("workspace", email.workspaceId())
                .bind("email", email.id())
                .bind("id", NewId.get())
                .bind("change", change)
                .bind("user", by.user())
                .bind("key", by.key())
                .bind("from", from)
                .bind("to", to)
                .bind("scheduled_at", scheduledAt.map(time -> time.atOffset(ZoneOffset.UTC)))
                .execute();
    }
}
