package dev.postrider.identity.workspace;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.identity.Role;
import dev.postrider.identity.login.PasswordTicket;
import dev.postrider.identity.user.OwnedMailboxes;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.UserTable;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tenants of an installation, and what its operator does to them. Safe for concurrent use. */
@Singleton
public record Workspaces(Database database, OwnedMailboxes mailboxes, InstantSource clock) {
    public static final int MAX_NAME = 100;

    /**
     * A new workspace and its owner's way to a password.
     *
     * @param ticket for {@code POST /password}
     */
    public record Created(Workspace workspace, String ticket, Instant expiresAt) {
        @Override
        public String toString() {
            return "Created[" + workspace + "]";
        }
    }

    /** What became of a wish for a workspace. */
    public sealed interface Creation {
        record Done(Created created) implements Creation {}

        record BadName() implements Creation {}

        record BadEmail() implements Creation {}

        record EmailTaken() implements Creation {}
    }

    /** What became of a workspace that was to go. */
    public enum Removed {
        DONE,
        NOT_FOUND,
        IS_SENDING
    }

    public List<Workspace> all() {
        return database.read(WorkspaceTable::all);
    }

    /** Makes a workspace with an owner, who is invited. */
    public Creation create(String name, String ownersEmail) {
        if (!isName(name)) {
            return new Creation.BadName();
        }
        if (!User.isEmail(ownersEmail)) {
            return new Creation.BadEmail();
        }
        return database.inTransaction(handle -> {
            var id = NewId.get();
            WorkspaceTable.insert(handle, id, name);
            var owner =
                    UserTable.insert(
                            handle, id, NewId.get(), ownersEmail, Optional.empty(), Role.OWNER);
            if (owner.isEmpty()) {
                handle.rollback();
                return new Creation.EmailTaken();
            }
            AuditLog.addDone(handle, operator(id), "workspace.created", subject(id, name));
            var ticket =
                    PasswordTicket.make(
                            handle,
                            id,
                            owner.get().id(),
                            clock.instant().plus(PasswordTicket.FOR_INVITED));
            return new Creation.Done(
                    new Created(
                            WorkspaceTable.find(handle, id).orElseThrow(),
                            ticket.token().text(),
                            ticket.expiresAt()));
        });
    }

    public Optional<Workspace> find(UUID id) {
        return database.of(id)
                .read(handle -> WorkspaceTable.find(handle, id).map(each -> asItIs(handle, each)));
    }

    /** A mailbox that is gone notifies nobody. */
    private Workspace asItIs(Handle handle, Workspace workspace) {
        return workspace.withNotificationMailbox(
                workspace
                        .notificationMailbox()
                        .filter(mailbox -> mailboxes.isThere(handle, workspace.id(), mailbox)));
    }

    /** What became of a wish to change a workspace. */
    public sealed interface Changed {
        record Done(Workspace workspace) implements Changed {}

        /** It has no such mailbox, to notify people by. */
        record NoSuchMailbox() implements Changed {}
    }

    /** Changes a workspace that is there. */
    public Changed change(UUID id, WorkspaceChange change) {
        return database.of(id)
                .inTransaction(handle -> {
                    var mailbox = change.notificationMailbox().flatMap(each -> each);
                    if (mailbox.isPresent() && !mailboxes.isThere(handle, id, mailbox.get())) {
                        return new Changed.NoSuchMailbox();
                    }
                    return new Changed.Done(
                            WorkspaceTable.change(handle, id, change)
                                    .map(each -> asItIs(handle, each))
                                    .orElseThrow());
                });
    }

    /**
     * Removes a workspace: users, keys, webhooks and mailboxes with their credentials go, mail that
     * waits is canceled. What became of its emails is forgotten in its time, as ever; the audit log
     * stays.
     */
    public Removed remove(UUID id) {
        return database.inTransaction(handle -> {
            var workspace = WorkspaceTable.lock(handle, id);
            if (workspace.isEmpty()) {
                return Removed.NOT_FOUND;
            }
            if (!mailboxes.removeAll(handle, id)) {
                handle.rollback();
                return Removed.IS_SENDING;
            }
            WorkspaceTable.delete(handle, id);
            AuditLog.addDone(
                    handle, operator(id), "workspace.removed", subject(id, workspace.get().name()));
            return Removed.DONE;
        });
    }

    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static Actor operator(UUID workspace) {
        return new Actor(workspace, Optional.empty(), "operator", Optional.empty());
    }

    private static AuditLog.Subject subject(UUID id, String name) {
        return new AuditLog.Subject("workspace", Optional.of(id), name);
    }
}
