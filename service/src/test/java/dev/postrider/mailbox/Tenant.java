package dev.postrider.mailbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.transport.Kind;
import dev.postrider.transport.TestKinds;
import java.util.Optional;
import java.util.UUID;

/** A workspace with a user in it, and what that user has. */
public record Tenant(Database database, UUID workspaceId, UUID userId) {
    public static Tenant in(Database database) {
        var workspace = NewId.get();
        database.inTransaction(handle ->
                handle.createUpdate("insert into workspace (id, name) values (:id, 'Test')")
                        .bind("id", workspace)
                        .execute());
        return new Tenant(database, workspace, NewId.get()).colleague();
    }

    /** Another user of the same workspace. */
    public Tenant colleague() {
        var user = NewId.get();
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                insert into user_account (workspace_id, id, email, role)
                                values (:workspace, :id, :email, 'member')
                                """)
                        .bind("workspace", workspaceId)
                        .bind("id", user)
                        .bind("email", user + "@example.org")
                        .execute());
        return new Tenant(database, workspaceId, user);
    }

    /** An email of a mailbox, in some state of its way. */
    public UUID email(Mailbox mailbox, String state) {
        var id = NewId.get();
        var isFinal = !state.equals("queued") && !state.equals("sending");
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                insert into email (workspace_id, id, mailbox_id, message_id, sender,
                                    subject, state, due_at, finished_at, epoch, give_up_at)
                                values (:workspace, :id, :mailbox, '<1@example.org>', 'a@example.org',
                                    'Hello', :state,
                                    case when :final then null else now() end,
                                    case when :final then now() end, 1, now() + interval '3 days')
                                """)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .bind("mailbox", mailbox.id())
                        .bind("state", state)
                        .bind("final", isFinal)
                        .execute());
        return id;
    }

    public String stateOf(UUID email) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select state
                                from email
                                where workspace_id = :workspace
                                  and id = :id
                                """)
                        .bind("workspace", workspaceId)
                        .bind("id", email)
                        .mapTo(String.class)
                        .one());
    }

    /** When a mailbox's lane is due, and how often it was woken; empty when it has none. */
    Optional<Wake> wake(Mailbox mailbox) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select wake.due_at is not null and wake.due_at <= now() as due,
                                       wake.count
                                from lane
                                join wake using (workspace_id, mailbox_id)
                                where workspace_id = :workspace
                                  and mailbox_id = :mailbox
                                """)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", mailbox.id())
                        .map((row, _) -> new Wake(row.getBoolean("due"), row.getLong("count")))
                        .findOne());
    }

    record Wake(boolean isDue, long count) {}

    public NewMailbox sandbox(String address) {
        return new NewMailbox(
                workspaceId,
                userId,
                address,
                Optional.empty(),
                kind("sandbox").restore(JsonNodeFactory.instance.objectNode()),
                Optional.empty(),
                MailboxOptions.USUAL);
    }

    public NewMailbox smtp(String address, String password) {
        return smtp(address, Optional.of(password));
    }

    /** Without a password, and so without a login, on request. */
    public NewMailbox smtp(String address, Optional<String> password) {
        var settings =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("host", "mail.example.org")
                        .put("port", 465)
                        .put("tls", "implicit");
        password.ifPresent(_ -> settings.put("username", address));
        return new NewMailbox(
                workspaceId,
                userId,
                address,
                Optional.of("Ann Example"),
                kind("smtp").restore(settings),
                password,
                MailboxOptions.USUAL);
    }

    public static Mailbox connect(Mailboxes mailboxes, NewMailbox mailbox) {
        return switch (mailboxes.connect(mailbox)) {
            case Mailboxes.Connected.Done(var connected) -> connected;
            case Mailboxes.Connected.Exists _, Mailboxes.Connected.TooMany _ ->
                    throw new AssertionError(mailbox.address());
        };
    }

    private Kind kind(String name) {
        return TestKinds.of(database).named(name).orElseThrow();
    }
}
