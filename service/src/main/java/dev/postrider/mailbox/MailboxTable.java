package dev.postrider.mailbox;

import dev.postrider.credential.CredentialTable;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.Transport;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads and writes mailboxes. Secrets come and go sealed. */
final class MailboxTable {
    private static final String INSERT =
            """
            insert into mailbox
                (workspace_id, id, user_id, address, display_name, provider, settings, state, is_default, aliases,
                 messages_per_minute, messages_per_day, recipients_per_day, connections)
            values
                (:workspace, :id, :user, :address, :display_name, :provider,
                 cast(:settings as jsonb), 'active', :is_default, :aliases,
                 :messages_per_minute, :messages_per_day, :recipients_per_day, :connections)
            on conflict (workspace_id, user_id, lower(address)) do nothing
            returning *
            """;

    /** Locks the workspace, so that two who connect at once are counted one after the other. */
    private static final String LOCK_WORKSPACE =
            """
            select 1
            from workspace
            where id = :workspace
            for no key update
            """;

    private static final String COUNT =
            """
            select count(*)
            from mailbox
            where workspace_id = :workspace
            """;

    private static final String INSERT_LANE =
            """
            insert into lane (workspace_id, mailbox_id)
            values (:workspace, :mailbox)
            """;

    private static final String INSERT_WAKE =
            """
            insert into wake (workspace_id, mailbox_id)
            values (:workspace, :mailbox)
            """;

    /** In one statement: settings and secret of one moment, or a secret could go elsewhere. */
    private static final String BY_ID =
            """
            select mailbox.*, credential.secret, credential.version as credential_version
            from mailbox
            left join credential
              on credential.workspace_id = mailbox.workspace_id
             and credential.mailbox_id = mailbox.id
            where mailbox.workspace_id = :workspace
              and mailbox.id = :id
            """;

    private static final String OF_USER =
            """
            select *
            from mailbox
            where workspace_id = :workspace
              and user_id = :user
              and lower(address) = lower(:address)
            """;

    private static final String NO_OTHER_DEFAULT =
            """
            update mailbox
            set is_default = false
            where workspace_id = :workspace
              and user_id = :user
              and is_default
              and id <> :id
            """;

    /** Only if nobody has changed it meanwhile: a password goes to the server it was given for. */
    private static final String UPDATE =
            """
            update mailbox
            set display_name = :display_name,
                provider = :provider,
                settings = cast(:settings as jsonb),
                state = :state,
                reason = :reason,
                reason_code = :reason_code,
                state_since = case when state = :state then state_since else now() end,
                is_default = :is_default,
                aliases = :aliases,
                messages_per_minute = :messages_per_minute,
                messages_per_day = :messages_per_day,
                recipients_per_day = :recipients_per_day,
                connections = :connections,
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and updated_at = :seen
            returning *
            """;

    private MailboxTable() {}

    /** Adds a mailbox with its lane; empty when the user has one of that address already. */
    static Optional<Mailbox> insert(
            Handle handle, UUID id, NewMailbox mailbox, Optional<byte[]> sealed, Kinds kinds) {
        if (mailbox.options().isDefault()) {
            leaveDefaultTo(handle, mailbox.workspaceId(), Optional.of(mailbox.userId()), id);
        }
        var insert =
                handle.createQuery(INSERT)
                        .bind("workspace", mailbox.workspaceId())
                        .bind("id", id)
                        .bind("user", mailbox.userId())
                        .bind("address", mailbox.address())
                        .bind("display_name", mailbox.displayName());
        var inserted =
                bind(bind(insert, mailbox.transport()), mailbox.options())
                        .map((row, _) -> MailboxRow.read(row, kinds))
                        .findOne();
        if (inserted.isPresent()) {
            for (var statement : List.of(INSERT_LANE, INSERT_WAKE)) {
                handle.createUpdate(statement)
                        .bind("workspace", mailbox.workspaceId())
                        .bind("mailbox", id)
                        .execute();
            }
            sealed.ifPresent(secret -> put(handle, mailbox.workspaceId(), id, secret));
        }
        return inserted;
    }

    /** How many a workspace has; nobody connects another before the transaction ends. */
    static long count(Handle handle, UUID workspaceId) {
        handle.createQuery(LOCK_WORKSPACE)
                .bind("workspace", workspaceId)
                .mapTo(Integer.class)
                .list();
        return handle.createQuery(COUNT).bind("workspace", workspaceId).mapTo(Long.class).one();
    }

    static Optional<MailboxRow> find(Handle handle, UUID workspaceId, UUID id, Kinds kinds) {
        return handle.createQuery(BY_ID)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .map((row, _) -> MailboxRow.withSecret(row, kinds))
                .findOne();
    }

    /** The one that a user has of an address. */
    static Optional<Mailbox> ofUser(
            Handle handle, UUID workspaceId, UUID user, String address, Kinds kinds) {
        return handle.createQuery(OF_USER)
                .bind("workspace", workspaceId)
                .bind("user", user)
                .bind("address", address)
                .map((row, _) -> MailboxRow.read(row, kinds))
                .findOne();
    }

    /** Changes a mailbox; empty when it is no longer as the change supposes. */
    static Optional<Mailbox> update(
            Handle handle, MailboxChange change, Optional<byte[]> sealed, Kinds kinds) {
        if (change.options().isDefault()) {
            var before = change.before();
            leaveDefaultTo(handle, before.workspaceId(), before.userId(), before.id());
        }
        var update =
                handle.createQuery(UPDATE)
                        .bind("workspace", change.before().workspaceId())
                        .bind("id", change.before().id())
                        .bind("seen", change.before().updatedAt().atOffset(ZoneOffset.UTC))
                        .bind("display_name", change.displayName())
                        .bind("state", change.state().text())
                        .bind("reason", change.state().why())
                        .bind("reason_code", change.state().code());
        var updated =
                bind(bind(update, change.transport()), change.options())
                        .map((row, _) -> MailboxRow.read(row, kinds))
                        .findOne();
        updated.ifPresent(mailbox ->
                sealed.ifPresent(
                        secret -> put(handle, mailbox.workspaceId(), mailbox.id(), secret)));
        return updated;
    }

    private static void put(Handle handle, UUID workspaceId, UUID id, byte[] sealed) {
        CredentialTable.put(handle, workspaceId, id, "password", sealed);
    }

    private static void leaveDefaultTo(
            Handle handle, UUID workspaceId, Optional<UUID> user, UUID id) {
        handle.createUpdate(NO_OTHER_DEFAULT)
                .bind("workspace", workspaceId)
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    private static Query bind(Query query, MailboxOptions conduct) {
        return query.bind("is_default", conduct.isDefault())
                .bind("aliases", conduct.aliases().toArray(String[]::new))
                .bind("messages_per_minute", conduct.limits().messagesPerMinute())
                .bind("messages_per_day", conduct.limits().messagesPerDay())
                .bind("recipients_per_day", conduct.limits().recipientsPerDay())
                .bind("connections", conduct.limits().connections());
    }

    private static Query bind(Query query, Transport transport) {
        return query.bind("provider", transport.kind())
                .bind("settings", transport.stored().toString());
    }
}
