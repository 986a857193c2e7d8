package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.ProviderIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads emails with their recipients and attempts. */
public final class EmailRows {
    private static final String EMAILS =
            """
            select email.*, now() as looked_at, tag_names, tag_values, recipients.*,
                   array(select jsonb_array_elements_text(email.reply_to)) as replies_to,
                   queue.trouble, queue.rests_until, queue.rest_reason, queue.failures
            from unnest(cast(:ids as uuid[])) as asked(id)
            cross join lateral (
                select *
                from email
                where workspace_id = :workspace
                  and id = asked.id
                limit 1
            ) as email
            cross join lateral (
                select array_agg(key) as tag_names, array_agg(value) as tag_values
                from jsonb_each_text(email.tags)
            ) as tags
            cross join lateral (
                select array_agg(address order by position) as addresses,
                       array_agg(coalesce(written, address) order by position) as written,
                       array_agg(kind order by position) as kinds,
                       array_agg(recipient.state order by position) as states,
                       array_agg(cast(code as integer) order by position) as codes,
                       array_agg(enhanced order by position) as enhanced,
                       array_agg(reply order by position) as replies
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
                limit 1
            ) as queue on true
            where (cast(:only_user as uuid) is null or email.user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or email.mailbox_id = :only_mailbox)
            order by email.id desc
            """;

    private static final String ATTEMPTS =
            """
            select *
            from attempt
            where workspace_id = :workspace
              and email_id = :id
            order by number
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
     * @param waiting what it waits for; empty when it doesn't
     */
    public record Row(
            UUID id,
            UUID mailboxId,
            Optional<UUID> userId,
            String messageId,
            String from,
            List<RecipientRow> recipients,
            List<String> replyTo,
            String subject,
            EmailState state,
            String reason,
            int attempts,
            int priority,
            OnUnknown onUnknown,
            Optional<ProviderIds> providerIds,
            Map<String, String> tags,
            Instant createdAt,
            Optional<Instant> scheduledAt,
            Optional<Instant> dueAt,
            Optional<Instant> finishedAt,
            Optional<WaitingReason> waiting) {}

    /** What became of a recipient, and what the server said of them. */
    public record RecipientRow(
            String address,
            String written,
            String kind,
            String state,
            @Nullable Integer code,
            @Nullable String enhancedCode,
            @Nullable String reply) {}

    public record AttemptRow(
            int number,
            Instant begunAt,
            Instant endedAt,
            String outcome,
            @Nullable String server,
            @Nullable String tls,
            @Nullable Integer code,
            @Nullable String enhancedCode,
            @Nullable String reply) {}

    /** Those that the caller sees, newest first. */
    public static List<Row> emails(Handle handle, Visibility scope, List<UUID> ids) {
        return scope.bind(handle.createQuery(EMAILS))
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, _) -> row(row))
                .list();
    }

    static List<AttemptRow> attempts(Handle handle, UUID workspaceId, UUID id) {
        return handle.createQuery(ATTEMPTS)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .map((row, _) ->
                        new AttemptRow(
                                row.getInt("number"),
                                instant(row, "begun_at").orElseThrow(),
                                instant(row, "ended_at").orElseThrow(),
                                row.getString("outcome"),
                                row.getString("server"),
                                row.getString("tls"),
                                row.getObject("code", Integer.class),
                                row.getString("enhanced"),
                                row.getString("reply")))
                .list();
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
                recipients(row),
                List.of(texts(row, "replies_to")),
                row.getString("subject"),
                state,
                reason,
                row.getInt("attempts"),
                row.getInt("priority"),
                OnUnknown.of(row.getString("on_unknown")),
                providerIds(row),
                tags(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "scheduled_at"),
                instant(row, "due_at"),
                instant(row, "finished_at"),
                WaitingReason.of(
                        state,
                        instant(row, "due_at"),
                        reason,
                        new WaitingReason.Queue(
                                Optional.ofNullable(row.getString("trouble")),
                                instant(row, "rests_until"),
                                row.getInt("failures") > 0,
                                Optional.ofNullable(row.getString("rest_reason"))),
                        instant(row, "looked_at").orElseThrow()));
    }

    private static Optional<ProviderIds> providerIds(ResultSet row) throws SQLException {
        var thread = Optional.ofNullable(row.getString("provider_thread"));
        return Optional.ofNullable(row.getString("provider_message"))
                .map(message -> new ProviderIds(message, thread));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static List<RecipientRow> recipients(ResultSet row) throws SQLException {
        var addresses = texts(row, "addresses");
        var written = texts(row, "written");
        var kinds = texts(row, "kinds");
        var states = texts(row, "states");
        var codes = (Integer[]) array(row, "codes", new Integer[0]);
        var enhanced = texts(row, "enhanced");
        var replies = texts(row, "replies");
        return IntStream.range(0, addresses.length)
                .mapToObj(i ->
                        new RecipientRow(
                                addresses[i],
                                written[i],
                                kinds[i],
                                states[i],
                                codes[i],
                                enhanced[i],
                                replies[i]))
                .toList();
    }

    private static Map<String, String> tags(ResultSet row) throws SQLException {
        var names = texts(row, "tag_names");
        var values = texts(row, "tag_values");
        var tags = new LinkedHashMap<String, String>();
        for (var i = 0; i < names.length; i++) {
            tags.put(names[i], values[i]);
        }
        return tags;
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) array(row, column, new String[0]);
    }

    private static Object array(ResultSet row, String column, Object none) throws SQLException {
        var array = row.getArray(column);
        return array == null ? none : array.getArray();
    }
}
