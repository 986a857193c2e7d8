package dev.postrider.flow.store.find;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.email.EmailState;
import dev.postrider.email.OnUnknown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads emails with their recipients and attempts. */
public final class EmailRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String EMAILS =
            """
            select email.*, recipients.json as recipient_list, now() as looked_at,
                   queue.trouble, queue.rests_until, queue.rest_reason, queue.failures
            from email
            cross join lateral (
                select jsonb_agg(jsonb_build_object(
                           'address', address, 'written', coalesce(written, address), 'kind', kind,
                           'state', state, 'code', code, 'enhanced_code', enhanced, 'reply', reply)
                           order by position) as json
                from recipient
                where recipient.workspace_id = email.workspace_id
                  and recipient.email_id = email.id
            ) as recipients
            left join lateral (
                select case mailbox.state
                           when 'active' then null
                           else 'Its mailbox is ' || mailbox.state || ': ' || mailbox.reason
                       end as trouble,
                       lane.rests_until,
                       lane.rest_reason,
                       lane.failures
                from mailbox
                join lane
                  on lane.workspace_id = mailbox.workspace_id
                 and lane.mailbox_id = mailbox.id
                where email.due_at is not null
                  and mailbox.workspace_id = email.workspace_id
                  and mailbox.id = email.mailbox_id
            ) as queue on true
            where email.workspace_id = :workspace
              and email.id = any (:ids)
              and (cast(:only_user as uuid) is null or email.user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
            order by email.id desc
            """;

    private static final String ATTEMPTS =
            """
            select jsonb_agg(jsonb_build_object(
                       'number', number,
                       'begun_at', to_char(begun_at at time zone 'UTC',
                                           'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                       'ended_at', to_char(ended_at at time zone 'UTC',
                                           'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                       'outcome', outcome, 'server', server, 'tls', tls, 'code', code,
                       'enhanced_code', enhanced, 'reply', reply) order by number)
            from attempt
            where workspace_id = :workspace
              and email_id = :id
            """;

    private static final String OCTETS =
            """
            select coalesce(octet_length(content.bytes), 0)
            from email
            left join email_content as content
              on content.workspace_id = email.workspace_id
             and content.email_id = email.id
            where email.workspace_id = :workspace
              and email.id = :id
              and (cast(:only_user as uuid) is null or email.user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
            """;

    private static final String OCTETS_FOR =
            """
            select octet_length(email_content.bytes) as octets, user_account.email as reader
            from user_account
            join email
              on email.workspace_id = user_account.workspace_id
             and (user_account.role <> 'member' or email.user_id = user_account.id)
            join email_content
              on email_content.workspace_id = email.workspace_id
             and email_content.email_id = email.id
            where user_account.workspace_id = :workspace
              and user_account.id = :user
              and user_account.deactivated_at is null
              and email.id = :id
            """;

    private EmailRows() {}

    /**
     * An email without its content.
     *
     * @param recipients a list of objects, as the API shows them
     * @param tags name to value; no object when there are none
     * @param waiting what it waits for; empty when it doesn't
     */
    public record Row(
            UUID id,
            UUID mailboxId,
            Optional<UUID> userId,
            String messageId,
            String from,
            JsonNode recipients,
            JsonNode replyTo,
            String subject,
            EmailState state,
            String reason,
            int attempts,
            int priority,
            OnUnknown onUnknown,
            JsonNode tags,
            Instant createdAt,
            Optional<Instant> scheduledAt,
            Optional<Instant> dueAt,
            Optional<Instant> finishedAt,
            Optional<Waiting> waiting) {}

    /** Those that the caller sees, newest first. */
    public static List<Row> emails(Handle handle, Visibility scope, List<UUID> ids) {
        return scope.bind(handle.createQuery(EMAILS))
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, _) -> row(row))
                .list();
    }

    public static JsonNode attempts(Handle handle, UUID workspaceId, UUID id) {
        return handle.createQuery(ATTEMPTS)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .map((row, _) -> json(row.getString(1)))
                .one();
    }

    /** How long the message is that a caller may see; 0 when it is no longer kept. */
    static Optional<Integer> octets(Handle handle, Visibility scope, UUID id) {
        return scope.bind(handle.createQuery(OCTETS)).bind("id", id).mapTo(Integer.class).findOne();
    }

    /** What a user may see, and how they are called. */
    record ReadableContent(int octets, String reader) {}

    /** The same for a user, as long as they may see it. */
    static Optional<ReadableContent> readable(
            Handle handle, UUID workspaceId, UUID userId, UUID id) {
        return handle.createQuery(OCTETS_FOR)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .bind("user", userId)
                .map((row, _) -> new ReadableContent(row.getInt("octets"), row.getString("reader")))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        var author = row.getString("author");
        var state = EmailState.of(row.getString("state"));
        var reason = Optional.ofNullable(row.getString("reason")).orElse("");
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("mailbox_id", UUID.class),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                row.getString("message_id"),
                author == null ? row.getString("sender") : author,
                json(row.getString("recipient_list")),
                json(row.getString("reply_to")),
                row.getString("subject"),
                state,
                reason,
                row.getInt("attempts"),
                row.getInt("priority"),
                OnUnknown.of(row.getString("on_unknown")),
                json(row.getString("tags")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "scheduled_at"),
                instant(row, "due_at"),
                instant(row, "finished_at"),
                Waiting.of(
                        state,
                        instant(row, "due_at"),
                        reason,
                        new Waiting.Queue(
                                Optional.ofNullable(row.getString("trouble")),
                                instant(row, "rests_until"),
                                row.getInt("failures") > 0,
                                Optional.ofNullable(row.getString("rest_reason"))),
                        instant(row, "looked_at").orElseThrow()));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static JsonNode json(@Nullable String text) {
        if (text == null) {
            return JsonNodeFactory.instance.arrayNode();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds JSON", e);
        }
    }
}
