package dev.postrider.flow.store.find;

import dev.postrider.postgres.Database;
import dev.postrider.transport.Conversations;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * Which conversations emails belong to that were sent before. Our Message-IDs are made of an
 * email's id, so its key finds it; one whose sender chose another isn't looked for.
 */
@Singleton
public final class StoredConversations implements Conversations {
    private static final String CONVERSATION =
            """
            select provider_thread
            from email
            where workspace_id = :workspace
              and id = :id
              and mailbox_id = :mailbox
              and message_id = :message_id
              and provider_thread is not null
            """;

    private static final int ID_LENGTH = 36;

    private final Database database;

    public StoredConversations(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> of(MailboxKey mailbox, String messageId) {
        return id(messageId)
                .flatMap(id ->
                        database.of(mailbox.workspaceId())
                                .read(handle ->
                                        handle.createQuery(CONVERSATION)
                                                .bind("workspace", mailbox.workspaceId())
                                                .bind("id", id)
                                                .bind("mailbox", mailbox.mailboxId())
                                                .bind("message_id", messageId)
                                                .mapTo(String.class)
                                                .findOne()));
    }

    private static Optional<UUID> id(String messageId) {
        if (messageId.indexOf('@') != ID_LENGTH + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(messageId.substring(1, ID_LENGTH + 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
