package dev.postrider.identity.login;

import dev.postrider.audit.AuditLog;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sets passwords, of who has a ticket or knows the current one. All sessions of the user end. */
@Singleton
public final class SetPassword {
    private final Database database;
    private final FindLogin logins;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final InstantSource clock;

    public SetPassword(
            Database database, Passwords passwords, LoginThrottle throttle, InstantSource clock) {
        this.database = database;
        this.logins = new FindLogin(database);
        this.passwords = passwords;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** What became of a new password. */
    public sealed interface Result {
        record Done() implements Result {}

        record BadTicket() implements Result {}

        record WrongPassword() implements Result {}

        record Busy() implements Result {}

        /** Too many wrong passwords before: nothing was looked at. */
        record Throttled(Duration pause) implements Result {}
    }

    /** What a ticket's user logs in with; empty when the ticket is good for nothing. */
    public Optional<String> whose(OpaqueToken ticket) {
        return database.of(Database.ANYBODY)
                .read(handle -> PasswordTicket.whose(handle, ticket, clock.instant()));
    }

    /**
     * Sets the password of a ticket's user. The ticket is looked at before anything is hashed, so
     * made-up ones cost nothing.
     *
     * @param address where the request came from, for the audit log
     */
    public Result withTicket(OpaqueToken ticket, String password, String address) {
        if (whose(ticket).isEmpty()) {
            return new Result.BadTicket();
        }
        var hash = passwords.hash(address, password);
        if (hash.isEmpty()) {
            return new Result.Busy();
        }
        return database.of(Database.ANYBODY)
                .inTransaction(handle -> {
                    var user = PasswordTicket.use(handle, ticket, clock.instant());
                    user.ifPresent(found -> {
                        set(handle, found, hash.get());
                        AuditLog.addDone(
                                handle,
                                found.actor(address),
                                "user.password_chosen",
                                new AuditLog.Subject(
                                        "user", Optional.of(found.userId()), found.email()));
                    });
                    return user.isPresent() ? new Result.Done() : new Result.BadTicket();
                });
    }

    /**
     * Changes a caller's password. A wrong current one counts as a wrong guess at a login does.
     *
     * @param address where the request came from
     */
    public Result withCurrent(Caller caller, String current, String next, String address) {
        return switch (throttle.begin(new LoginGuess(caller.email(), address))) {
            case LoginThrottle.Begin.Paused(var pause) -> new Result.Throttled(pause);
            case LoginThrottle.Begin.Counted counted -> withCurrent(counted, caller, current, next);
        };
    }

    private Result withCurrent(
            LoginThrottle.Begin.Counted counted, Caller caller, String current, String next) {
        var hash =
                logins.byEmail(caller.email())
                        .filter(login -> login.user().userId().equals(caller.userId()))
                        .flatMap(FindLogin.Login::passwordHash);
        return switch (passwords.check(caller.workspaceId(), current, hash)) {
            case Passwords.Verdict.Busy _ -> busy(counted);
            case Passwords.Verdict.Wrong _ -> {
                throttle.wrong(counted, _ -> {});
                yield new Result.WrongPassword();
            }
            case Passwords.Verdict.Right _ ->
                    passwords
                            .hash(caller.workspaceId(), next)
                            .map(hashed -> {
                                throttle.right(counted, caller);
                                return changed(caller, hashed);
                            })
                            .orElseGet(() -> busy(counted));
        };
    }

    private Result busy(LoginThrottle.Begin.Counted counted) {
        throttle.takeBack(counted);
        return new Result.Busy();
    }

    private Result changed(Caller caller, String hash) {
        database.of(caller.workspaceId())
                .inTransaction(handle -> {
                    set(handle, caller, hash);
                    return true;
                });
        return new Result.Done();
    }

    /** Whoever knew the old password may have a session. */
    private void set(Handle handle, Caller user, String hash) {
        FindLogin.setPassword(handle, user, hash);
        SessionTable.end(handle, user.workspaceId(), user.userId(), clock.instant());
        PasswordTicket.deleteOf(handle, user.workspaceId(), user.userId());
    }

    /**
     * Deletes some tickets that have expired.
     *
     * @return how many rows went
     */
    public int purge(int limit) {
        return database.inTransaction(
                handle -> PasswordTicket.purge(handle, clock.instant(), limit));
    }
}
