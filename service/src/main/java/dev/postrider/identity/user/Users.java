package dev.postrider.identity.user;

import dev.postrider.audit.AuditLog;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.login.LoginTable;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.login.RefreshToken;
import dev.postrider.identity.login.Ticket;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The users of workspaces, and what admins do to them. Safe for concurrent use. */
@Singleton
public final class Users {
    private final Database database;
    private final OwnedMailboxes belongings;
    private final Passwords passwords;
    private final LoginTable logins;
    private final InstantSource clock;

    public Users(Database database, OwnedMailboxes belongings, InstantSource clock) {
        this.database = database;
        this.belongings = belongings;
        this.passwords = new Passwords();
        this.logins = new LoginTable(database);
        this.clock = clock;
    }

    /** A user and perhaps their way to a password. */
    public record Created(User user, Optional<Ticket> ticket) {}

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

    /** What became of a new password. */
    public enum Chosen {
        DONE,
        BAD_TICKET,
        BUSY
    }

    /** What becomes of a deleted user's mailboxes. */
    public enum Leaving {
        NOTHING,
        KEPT,
        REMOVED
    }

    public Optional<User> find(UUID workspace, UUID id) {
        return database.read(handle -> UserTable.find(handle, workspace, id));
    }

    public List<User> list(UUID workspace, Optional<UUID> after, int limit) {
        return database.read(handle -> UserTable.list(handle, workspace, after, limit));
    }

    /**
     * Makes a user; without a password they are invited.
     *
     * @return empty when the email is taken
     */
    public Optional<Created> create(
            UUID workspace, String email, Role role, Optional<String> password) {
        var hash = password.map(Passwords::hash);
        return database.inTransaction(handle ->
                UserTable.insert(handle, workspace, NewId.get(), email, hash, role)
                        .map(user ->
                                new Created(
                                        user,
                                        hash.isPresent()
                                                ? Optional.empty()
                                                : Optional.of(
                                                        ticket(
                                                                handle,
                                                                user,
                                                                Ticket.FOR_INVITED)))));
    }

    /** Lets a user choose a new password; empty when they aren't there, or are out. */
    public Optional<Created> reset(UUID workspace, UUID id) {
        return database.inTransaction(handle ->
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
                                                                ? Ticket.FOR_FORGETFUL
                                                                : Ticket.FOR_INVITED)))));
    }

    private Ticket ticket(Handle handle, User user, Duration lifetime) {
        return Ticket.make(handle, user.workspaceId(), user.id(), clock.instant().plus(lifetime));
    }

    /**
     * Sets the password of a ticket's user, who is out of all their sessions then.
     *
     * @param address where the request came from, for the audit log
     */
    public Chosen choosePassword(RefreshToken ticket, String password, String address) {
        var hash = passwords.hashInTurn(password);
        return hash.isEmpty()
                ? Chosen.BUSY
                : usePassword(ticket, hash.get(), address) ? Chosen.DONE : Chosen.BAD_TICKET;
    }

    private boolean usePassword(RefreshToken ticket, String hash, String address) {
        return database.inTransaction(handle -> {
            var user =
                    handle.createQuery(Ticket.USE)
                            .bind("hash", ticket.hash())
                            .bind("now", clock.instant())
                            .map((row, _) -> LoginTable.caller(row))
                            .findOne();
            user.ifPresent(found -> {
                setPassword(handle, found, hash);
                AuditLog.addDone(
                        handle,
                        found.actor(address),
                        "user.password_chosen",
                        new AuditLog.Subject("user", Optional.of(found.userId()), found.email()));
            });
            return user.isPresent();
        });
    }

    /** Whether a caller's password was the current one, and is the new one now. */
    public Passwords.Verdict changePassword(Caller caller, String current, String next) {
        var hash =
                logins.byEmail(caller.email())
                        .filter(login -> login.user().userId().equals(caller.userId()))
                        .flatMap(LoginTable.Login::passwordHash);
        var verdict = passwords.check(current, hash);
        switch (verdict) {
            case Passwords.Verdict.Right _ -> {
                var hashed = Passwords.hash(next);
                database.inTransaction(handle -> {
                    setPassword(handle, caller, hashed);
                    return true;
                });
            }
            case Passwords.Verdict.Wrong _, Passwords.Verdict.Busy _ -> {}
        }
        return verdict;
    }

    private void setPassword(Handle handle, Caller user, String hash) {
        UserTable.setPassword(handle, user.workspaceId(), user.userId(), hash, clock.instant());
        forgetTickets(handle, user.workspaceId(), user.userId());
    }

    /** Changes a user; one who is out from now on loses sessions and tickets, and sends no more. */
    public Changed change(UUID workspace, UUID id, Optional<Role> role, Optional<Boolean> active) {
        return database.inTransaction(handle -> {
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
            var after = UserTable.change(handle, workspace, id, nextRole, isIn, clock.instant());
            if (before.get().isActive() && !isIn) {
                UserTable.endSessions(handle, workspace, id, clock.instant());
                forgetTickets(handle, workspace, id);
                belongings.pause(handle, workspace, id);
            } else if (!before.get().isActive() && isIn) {
                belongings.resume(handle, workspace, id);
            }
            return new Changed.Done(after.orElseThrow());
        });
    }

    /** Deletes a user, with their sessions and tickets; the emails that they sent stay. */
    public Removed remove(UUID workspace, UUID id, Leaving leaving) {
        return database.inTransaction(handle -> {
            var owners = UserTable.lockOwners(handle, workspace);
            if (UserTable.find(handle, workspace, id).isEmpty()) {
                return Removed.NOT_FOUND;
            }
            if (owners.equals(List.of(id))) {
                return Removed.LAST_OWNER;
            }
            switch (leaving) {
                case NOTHING -> {
                    if (belongings.exist(handle, workspace, id)) {
                        return Removed.HAS_MAILBOXES;
                    }
                }
                case KEPT -> belongings.keep(handle, workspace, id);
                case REMOVED -> {
                    if (!belongings.remove(handle, workspace, id)) {
                        handle.rollback();
                        return Removed.IS_SENDING;
                    }
                }
            }
            UserTable.delete(handle, workspace, id);
            return Removed.DONE;
        });
    }

    private static void forgetTickets(Handle handle, UUID workspace, UUID user) {
        handle.createUpdate(Ticket.FORGET)
                .bind("workspace", workspace)
                .bind("user", user)
                .execute();
    }
}
