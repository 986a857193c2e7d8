package dev.postrider.flow.store.find;

import dev.postrider.postgres.Column;
import dev.postrider.postgres.Database;
import dev.postrider.transport.SentMessages;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which messages at a provider are emails whose sending it has confirmed. */
@Singleton
public final class StoredSentMessages implements SentMessages {
    private static final String KNOWN =
            """
            select sent.provider_message, sent.finished_at
            from unnest(:providerMessages) as asked(message)
            cross join lateral (select provider_message, finished_at
                                from email
                                where workspace_id = :workspace
                                  and mailbox_id = :mailbox
                                  and provider_message = asked.message
                                  and state = 'sent'
                                limit 1) as sent
            """;

    private final Database database;

    public StoredSentMessages(Database database) {
        this.database = database;
    }

    private record Known(String message, Instant at) {}

    @Override
    public Map<String, Instant> known(MailboxKey mailbox, List<String> messages) {
        return database
                .of(mailbox.workspaceId())
                .read(handle ->
                        handle.createQuery(KNOWN)
                                .bind("workspace", mailbox.workspaceId())
                                .bind("mailbox", mailbox.mailboxId())
                                .bind(
                                        "providerMessages",
                                        Column.of(messages, String.class, each -> each))
                                .map((row, _) ->
                                        new Known(
                                                row.getString("provider_message"),
                                                row.getTimestamp("finished_at").toInstant()))
                                .list())
                .stream()
                .collect(Collectors.toMap(Known::message, Known::at, (first, _) -> first));
    }
}
