package dev.postrider.identity.login;

import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditOutcome;
import dev.postrider.identity.Caller;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Lets in who knows the password. */
@Singleton
public final class LogIn {
    private final FindLogin users;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final AuditLog audit;

    public LogIn(Database database, Passwords passwords, LoginThrottle throttle, AuditLog audit) {
        this.users = new FindLogin(database);
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** How a login ended. */
    public sealed interface Result {
        /** Somebody for whom a session is to be opened. */
        record Done(Caller user) implements Result {}

        /** No such user, or not their password: which of them is nobody's business. */
        record Refused() implements Result {}

        record Busy() implements Result {}

        /** Too many wrong passwords before: nothing was looked at. */
        record Throttled(Duration pause) implements Result {}
    }

    /**
     * Logs in.
     *
     * @param address where the request comes from
     */
    public Result with(String email, String password, String address) {
        return switch (throttle.begin(new LoginGuess(email, address))) {
            case LoginThrottle.Begin.Paused(var pause) -> new Result.Throttled(pause);
            case LoginThrottle.Begin.Counted counted -> check(counted, password);
        };
    }

    private Result check(LoginThrottle.Begin.Counted counted, String password) {
        var guess = counted.guess();
        var login = users.byEmail(guess.email());
        var hash = login.flatMap(FindLogin.Login::passwordHash);
        return switch (passwords.check(guess.place(), password, hash)) {
            case Passwords.Verdict.Busy _ -> {
                throttle.takeBack(counted);
                yield new Result.Busy();
            }
            case Passwords.Verdict.Wrong _ -> {
                throttle.wrong(
                        counted,
                        handle -> login.ifPresent(known -> refused(handle, known.user(), guess)));
                yield new Result.Refused();
            }
            case Passwords.Verdict.Right(var newHash) -> {
                var user = login.orElseThrow().user();
                newHash.ifPresent(changed -> users.rehash(user, hash.orElseThrow(), changed));
                throttle.right(counted, user);
                audit.add(
                        user.actor(guess.address()),
                        "session.opened",
                        session(user),
                        AuditOutcome.DONE);
                yield new Result.Done(user);
            }
        };
    }

    private static void refused(Handle handle, Caller user, LoginGuess guess) {
        AuditLog.add(
                handle,
                user.actor(guess.address()),
                "session.refused",
                session(user),
                AuditOutcome.REFUSED);
    }

    private static AuditLog.Subject session(Caller user) {
        return new AuditLog.Subject("session", Optional.empty(), user.email());
    }
}
