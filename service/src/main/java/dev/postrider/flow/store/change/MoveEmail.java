package dev.postrider.flow.store.change;

import dev.postrider.email.EmailKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Moves an email that waits to another mailbox's queue. Its message stays as it is, so the other
 * must be one that sends as its author.
 */
final class MoveEmail {
    /**
     * It is due a moment later than it was: a node that has just picked it for its old mailbox
     * finds that it has changed. What may have been sent already is looked for in the old mailbox,
     * where a draft of it stands too.
     */
    private static final String MOVE =
            """
            update email
            set mailbox_id = :mailbox,
                due_at = greatest(due_at + interval '1 microsecond', now()),
                reason = null
            where workspace_id = :workspace
              and id = :id
              and mailbox_id <> :mailbox
              and state in ('scheduled', 'queued')
              and unknown_since is null
              and resends = 0
              and not exists (select
                              from email_draft
                              where email_draft.workspace_id = email.workspace_id
                                and email_draft.email_id = email.id)
              and coalesce(lower(substring(author from '<([^<>]*)>[[:space:]]*$')), lower(author), lower(sender))
                  = any (:addresses)
            """;

    private static final String WHY_NOT =
            """
            select case
                       when mailbox_id = :mailbox then 'there'
                       when state not in ('scheduled', 'queued')
                            or unknown_since is not null
                            or resends > 0
                            or coalesce(lower(substring(author from '<([^<>]*)>[[:space:]]*$')),
                                        lower(author), lower(sender)) = any (:addresses)
                       then 'late'
                       else 'sender'
                   end
            from email
            where workspace_id = :workspace
              and id = :id
            """;

    private MoveEmail() {}

    /**
     * What became of it.
     *
     * @param to the mailbox; its queue is woken by whoever asks
     * @param addresses which that sends as, in lower case
     */
    static ChangeEmails.Changed in(Handle handle, EmailKey email, UUID to, List<String> addresses) {
        var isMoved =
                handle.createUpdate(MOVE)
                                .bind("workspace", email.workspaceId())
                                .bind("id", email.id())
                                .bind("mailbox", to)
                                .bindArray("addresses", String.class, addresses)
                                .execute()
                        == 1;
        return isMoved ? ChangeEmails.Changed.DONE : whyNot(handle, email, to, addresses);
    }

    private static ChangeEmails.Changed whyNot(
            Handle handle, EmailKey email, UUID to, List<String> addresses) {
        Optional<String> why =
                handle.createQuery(WHY_NOT)
                        .bind("workspace", email.workspaceId())
                        .bind("id", email.id())
                        .bind("mailbox", to)
                        .bindArray("addresses", String.class, addresses)
                        .mapTo(String.class)
                        .findOne();
        return switch (why.orElse("late")) {
            case "there" -> ChangeEmails.Changed.DONE;
            case "sender" -> ChangeEmails.Changed.OTHER_SENDER;
            default -> ChangeEmails.Changed.TOO_LATE;
        };
    }
}
