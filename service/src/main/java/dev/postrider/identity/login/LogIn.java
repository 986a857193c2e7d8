package dev.postrider.identity.login;

import dev.postrider.audit.AuditLog;
import dev.postrider.audit.Outcome;
import dev.postrider.identity.Caller;
import dev.postrider.postgres.NewId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Opens a session for who knows the password. */
public final class LogIn {
    private final LoginTable users;
    private final Passwords passwords;
    private final LoginThrottle guessing;
    private final AuditLog audit;
    private final SessionTable sessions;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    public LogIn(
            LoginTable users,
            Passwords passwords,
            LoginThrottle guessing,
            AuditLog audit,
            SessionTable sessions,
            AccessTokens accessTokens,
            InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.guessing = guessing;
        this.audit = audit;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /** How a login ended. */
    public sealed interface Result {
        record Done(Tokens tokens) implements Result {}

        /** No such user, or not their password: which of them is nobody's business. */
        record Refused() implements Result {}

        record Busy() implements Result {}

        /** Too many wrong passwords before: nothing was looked at. */
        record Slowed(Duration pause) implements Result {}
    }

    /**
     * Logs in.
     *
     * @param address where the request comes from
     */
    public Result with(String email, String password, String address) {
        var guess = new LoginThrottle.Guess(email, address);
        return guessing.pause(guess)
                .<Result>map(Result.Slowed::new)
                .orElseGet(() -> check(guess, password));
    }

    private Result check(LoginThrottle.Guess guess, String password) {
        var login = users.byEmail(guess.email());
        var hash = login.flatMap(LoginTable.Login::passwordHash);
        return switch (passwords.check(password, hash)) {
            case Passwords.Verdict.Busy _ -> new Result.Busy();
            case Passwords.Verdict.Wrong _ -> {
                guessing.wrong(
                        guess,
                        handle -> login.ifPresent(known -> refused(handle, known.user(), guess)));
                yield new Result.Refused();
            }
            case Passwords.Verdict.Right(var newHash) -> {
                var user = login.orElseThrow().user();
                newHash.ifPresent(changed -> users.rehash(user, hash.orElseThrow(), changed));
                guessing.right(guess, user);
                audit.add(
                        user.actor(guess.address()), "session.opened", session(user), Outcome.DONE);
                yield new Result.Done(open(user));
            }
        };
    }

    private static void refused(Handle handle, Caller user, LoginThrottle.Guess guess) {
        AuditLog.add(
                handle,
                user.actor(guess.address()),
                "session.refused",
                session(user),
                Outcome.REFUSED);
    }

    private static AuditLog.Subject session(Caller user) {
        return new AuditLog.Subject("session", Optional.empty(), user.email());
    }

    private Tokens open(Caller user) {
        var session = new Session(NewId.get(), user);
        var refreshToken = RefreshToken.random();
        sessions.open(session, refreshToken, clock.instant());
        return new Tokens(accessTokens.make(session), refreshToken);
    }
}
