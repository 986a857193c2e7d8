package dev.postrider.flow.store.draft;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.transport.Drafts;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** How far emails have got that are handed over as drafts. */
@Singleton
public final class EmailDrafts implements Drafts {
    private static final String BEGIN =
            """
            with former as (
                select email_id
                from email_draft
                where workspace_id = :workspace
                  and email_id = :email
            ),
            begun as (
                insert into email_draft (workspace_id, email_id, attempt, mailbox_id, message_id)
                values (:workspace, :email, :attempt, :mailbox, :message_id)
                on conflict (workspace_id, email_id) do update
                set attempt = excluded.attempt,
                    draft = null,
                    mailbox_id = excluded.mailbox_id,
                    sweep_at = excluded.sweep_at,
                    sweeps = 0
            )
            select exists (select from former)
            """;

    private static final String SUBMIT =
            """
            update email_draft
            set draft = :draft
            where workspace_id = :workspace
              and email_id = :email
              and attempt = :attempt
              and draft is null
            """;

    private static final String FIND =
            """
            select attempt, draft
            from email_draft
            where workspace_id = :workspace
              and email_id = :email
            """;

    private static final String END =
            """
            delete from email_draft
            where workspace_id = :workspace
              and email_id = :email
              and attempt = :attempt
            """;

    private final Database database;

    public EmailDrafts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Begun> begin(EmailKey email, MailboxKey mailbox, String messageId) {
        var attempt = UUID.randomUUID();
        try {
            return Optional.of(
                    new Begun(
                            attempt,
                            database.statement(handle ->
                                    handle.createQuery(BEGIN)
                                            .bind("workspace", email.workspaceId())
                                            .bind("email", email.id())
                                            .bind("attempt", attempt)
                                            .bind("mailbox", mailbox.mailboxId())
                                            .bind("message_id", messageId)
                                            .mapTo(Boolean.class)
                                            .one())));
        } catch (DatabaseAway _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean submit(EmailKey email, UUID attempt, String draft) {
        try {
            return database.statement(handle ->
                    handle.createUpdate(SUBMIT)
                            .bind("workspace", email.workspaceId())
                            .bind("email", email.id())
                            .bind("attempt", attempt)
                            .bind("draft", draft)
                            .execute())
                    == 1;
        } catch (DatabaseAway _) {
            return false;
        }
    }

    @Override
    public Optional<Progress> of(EmailKey email) {
        return database.read(handle ->
                handle.createQuery(FIND)
                        .bind("workspace", email.workspaceId())
                        .bind("email", email.id())
                        .map((row, _) ->
                                new Progress(
                                        row.getObject("attempt", UUID.class),
                                        Optional.ofNullable(row.getString("draft"))))
                        .findOne());
    }

    /** A row that stays says something of an attempt that nobody is in doubt about. */
    @Override
    public void end(EmailKey email, UUID attempt) {
        try {
            database.statement(handle ->
                    handle.createUpdate(END)
                            .bind("workspace", email.workspaceId())
                            .bind("email", email.id())
                            .bind("attempt", attempt)
                            .execute());
        } catch (DatabaseAway _) {
            // the sweep finds nothing to do for it
        }
    }
}
