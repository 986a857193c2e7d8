package dev.postrider.flow.store.enqueue;

import dev.postrider.postgres.BatchStatement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Writes new emails with all that belongs to them, a few statements for a whole batch. What a batch
 * has written already, because its commit was lost on the way back, it leaves as it is.
 */
public final class EnqueueEmails {
    /**
     * What a first try has begun whose commit was lost on the way back. That the standby has it, if
     * there is one, isn't known: the lock makes the commit of this wait for it.
     */
    private static final String BEGUN =
            """
            select email.workspace_id, email.mailbox_id, email.id as begun, cast(null as uuid) as refused
            from unnest(:workspaces, :ids, :epochs) as asked(workspace_id, id, epoch)
            join email
              on email.workspace_id = asked.workspace_id
             and email.id = asked.id
             and email.epoch = asked.epoch
             and email.state = 'sending'
            for key share of email
            """;

    private static final BatchStatement LOOK_FOR_BEGUN = BatchStatement.of(BEGUN);

    private EnqueueEmails() {}

    /** Inserts emails; wakes the lanes of those that aren't begun. */
    public static Enqueued insert(Handle handle, List<NewEmailRow> rows) {
        var written = InsertEmails.insert(handle, rows);
        written.addAll(begunBefore(handle, rows, begun(written)));
        var begun = begun(written);
        // what a first try has begun was kept while its caller was who they were
        var refused =
                written.stream()
                        .flatMap(each -> each.refused().stream())
                        .filter(each -> !begun.contains(each))
                        .collect(Collectors.toSet());
        EnqueueExtras.insert(
                handle,
                rows.stream()
                        .filter(row -> !refused.contains(row.id()))
                        .map(NewEmailRow::email)
                        .toList());
        return new Enqueued(
                written.stream()
                        .filter(each -> each.refused().isEmpty())
                        .map(InsertEmails.Written::lane)
                        .collect(Collectors.toSet()),
                begun,
                refused);
    }

    private static Set<UUID> begun(List<InsertEmails.Written> written) {
        return written.stream().flatMap(each -> each.begun().stream()).collect(Collectors.toSet());
    }

    private static List<InsertEmails.Written> begunBefore(
            Handle handle, List<NewEmailRow> rows, Set<UUID> begun) {
        var missing =
                rows.stream()
                        .filter(row -> row.begin().isPresent() && !begun.contains(row.id()))
                        .toList();
        return missing.isEmpty()
                ? List.of()
                : LOOK_FOR_BEGUN
                        .on(handle)
                        .column("workspaces", missing, UUID.class, NewEmailRow::workspace)
                        .column("ids", missing, UUID.class, NewEmailRow::id)
                        .column("epochs", missing, Long.class, NewEmailRow::epoch)
                        .list(InsertEmails.Written::of);
    }
}
