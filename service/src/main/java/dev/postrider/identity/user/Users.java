package dev.postrider.identity.user;

import dev.postrider.identity.Role;
import dev.postrider.identity.login.PasswordTicket;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.login.Sessions;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The users of workspaces, and what admins do to them. Safe for concurrent use. */
@Singleton
public final class Users {
    private final Database database;
    private final OwnedMailboxes mailboxes;
    private final Passwords passwords;
    private final InstantSource clock;

    public Users(
            Database database, OwnedMailboxes mailboxes, Passwords passwords, InstantSource clock) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** A user and perhaps their way to a password. */
    public record Created(User user, Optional<PasswordTicket> ticket) {}

    /** What became of a new user. */
    public sealed interface Creation {
        record Done(Created created) implements Creation {}

        /** In this workspace or another. */
        record EmailTaken() implements Creation {}

        record QuotaReached() implements Creation {}

        /** Too many passwords are being hashed. */
        record Busy() implements Creation {}
    }

    /** What became of a change of a user. */
    public sealed interface Changed {
        record Done(User user) implements Changed {}

        record NotFound() implements Changed {}

        /** A workspace without an owner could never have one again. */
        record LastOwner() implements Changed {}
    }

    /** What became of a user who was to be deleted. */
    public enum Removed {
        DONE,
        NOT_FOUND,
        LAST_OWNER,
        HAS_MAILBOXES,
        IS_SENDING
    }

    /** What becomes of a deleted user's mailboxes. */
    public enum Leaving {
        NOTHING,
        KEPT,
        REMOVED
    }

    public Optional<User> find(UUID workspace, UUID id) {
        return database.of(workspace).read(handle -> UserTable.find(handle, workspace, id));
    }

    public Page.Items<User> list(UUID workspace, ListedUsers which, Page page) {
        return database.of(workspace)
                .read(handle -> UserTable.list(handle, workspace, which, page));
    }

    /** What is known of users beside who they are; without those who are gone. */
    public Map<UUID, UserActivity> activity(UUID workspace, List<User> some) {
        var ids = some.stream().map(User::id).toList();
        return database.of(workspace)
                .read(handle -> UserActivityTable.of(handle, workspace, ids, clock.instant()));
    }

    /** Makes a user; without a password they are invited. */
    public Creation create(UUID workspace, String email, Role role, Optional<String> password) {
        var hash = password.flatMap(text -> passwords.hash(workspace, text));
        if (password.isPresent() && hash.isEmpty()) {
            return new Creation.Busy();
        }
        return database.of(workspace)
                .inTransaction(handle -> {
                    if (UserTable.isFull(handle, workspace)) {
                        return new Creation.QuotaReached();
                    }
                    var user = UserTable.insert(handle, workspace, NewId.get(), email, hash, role);
                    if (user.isEmpty()) {
                        return new Creation.EmailTaken();
                    }
                    var ticket =
                            hash.isPresent()
                                    ? Optional.<PasswordTicket>empty()
                                    : Optional.of(
                                            ticket(handle, user.get(), PasswordTicket.FOR_INVITED));
                    return new Creation.Done(new Created(user.get(), ticket));
                });
    }

    /** Lets a user choose a new password; empty when they aren't there, or are out. */
    public Optional<Created> reset(UUID workspace, UUID id) {
        return database.of(workspace)
                .inTransaction(handle ->
                        UserTable.find(handle, workspace, id)
                                .filter(User::isActive)
                                .map(user ->
                                        new Created(
                                                user,
                                                Optional.of(
                                                        ticket(
                                                                handle,
                                                                user,
                                                                user.hasPassword()
                                                                        ? PasswordTicket
                                                                                .FOR_FORGETFUL
                                                                        : PasswordTicket
                                                                                .FOR_INVITED)))));
    }

    private PasswordTicket ticket(Handle handle, User user, Duration lifetime) {
        return PasswordTicket.make(
                handle, user.workspaceId(), user.id(), clock.instant().plus(lifetime));
    }

    /** Changes a user; one who is out from now on loses sessions and tickets, and sends no more. */
    public Changed change(UUID workspace, UUID id, Optional<Role> role, Optional<Boolean> active) {
        return database.of(workspace)
                .inTransaction(handle -> {
                    var owners = UserTable.lockOwners(handle, workspace);
                    var before = UserTable.find(handle, workspace, id);
                    if (before.isEmpty()) {
                        return new Changed.NotFound();
                    }
                    var nextRole = role.orElse(before.get().role());
                    var isIn = active.orElse(before.get().isActive());
                    if (owners.equals(List.of(id)) && (nextRole != Role.OWNER || !isIn)) {
                        return new Changed.LastOwner();
                    }
                    var after =
                            UserTable.change(
                                    handle, workspace, id, nextRole, isIn, clock.instant());
                    if (before.get().isActive() && !isIn) {
                        Sessions.end(handle, workspace, id, clock.instant());
                        PasswordTicket.deleteOf(handle, workspace, id);
                        mailboxes.pause(handle, workspace, id);
                    } else if (!before.get().isActive() && isIn) {
                        mailboxes.resume(handle, workspace, id);
                    }
                    return new Changed.Done(after.orElseThrow());
                });
    }

    /** Deletes a user, with their sessions and tickets; the emails that they sent stay. */
    public Removed remove(UUID workspace, UUID id, Leaving leaving) {
        return database.of(workspace)
                .inTransaction(handle -> {
                    var owners = UserTable.lockOwners(handle, workspace);
                    if (UserTable.find(handle, workspace, id).isEmpty()) {
                        return Removed.NOT_FOUND;
                    }
                    if (owners.equals(List.of(id))) {
                        return Removed.LAST_OWNER;
                    }
                    switch (leaving) {
                        case NOTHING -> {
                            if (mailboxes.exist(handle, workspace, id)) {
                                return Removed.HAS_MAILBOXES;
                            }
                        }
                        case KEPT -> mailboxes.keep(handle, workspace, id);
                        case REMOVED -> {
                            if (!mailboxes.remove(handle, workspace, id)) {
                                handle.rollback();
                                return Removed.IS_SENDING;
                            }
                        }
                    }
                    UserTable.delete(handle, workspace, id);
                    return Removed.DONE;
                });
    }
}
