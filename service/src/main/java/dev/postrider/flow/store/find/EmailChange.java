package dev.postrider.flow.store.find;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with an email once it was accepted. Names are those of now; there is none for
 * what is gone.
 *
 * @param change retried, rescheduled, moved or canceled
 * @param keyId the API key that it came with
 * @param scheduledAt when it was to be sent then
 */
public record EmailChange(
        Instant at,
        String change,
        UUID userId,
        @Nullable String user,
        @Nullable UUID keyId,
        @Nullable String key,
        @Nullable UUID fromMailbox,
        @Nullable String fromAddress,
        @Nullable UUID toMailbox,
        @Nullable String toAddress,
        @Nullable Instant scheduledAt) {
    /** Of an email that a program moves to and fro, the latest are enough. */
    private static final String FIND =
            """
            select change.*, coalesce(account.email, account.external_id) as user_name,
                   api_key.name as key_name, sender.address as from_address, taker.address as to_address
            from (
                select *
                from email_change
                where workspace_id = :workspace
                  and email_id = :id
                order by id desc
                limit 100
            ) as change
            left join lateral (select email, external_id
                               from user_account
                               where workspace_id = :workspace
                                 and id = change.user_id
                               limit 1) as account on true
            left join lateral (select name
                               from api_key
                               where workspace_id = :workspace
                                 and id = change.key_id
                               limit 1) as api_key on true
            left join lateral (select address
                               from mailbox
                               where workspace_id = :workspace
                                 and id = change.from_mailbox
                               limit 1) as sender on true
            left join lateral (select address
                               from mailbox
                               where workspace_id = :workspace
                                 and id = change.to_mailbox
                               limit 1) as taker on true
            order by change.id
            """;

    /** In the order in which it was done. */
    static List<EmailChange> of(Handle handle, UUID workspace, UUID id) {
        return handle.createQuery(FIND)
                .bind("workspace", workspace)
                .bind("id", id)
                .map((row, _) -> change(row))
                .list();
    }

    private static EmailChange change(ResultSet row) throws SQLException {
        var scheduled = row.getObject("scheduled_at", OffsetDateTime.class);
        return new EmailChange(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("change"),
                row.getObject("user_id", UUID.class),
                row.getString("user_name"),
                row.getObject("key_id", UUID.class),
                row.getString("key_name"),
                row.getObject("from_mailbox", UUID.class),
                row.getString("from_address"),
                row.getObject("to_mailbox", UUID.class),
                row.getString("to_address"),
                scheduled == null ? null : scheduled.toInstant());
    }
}
