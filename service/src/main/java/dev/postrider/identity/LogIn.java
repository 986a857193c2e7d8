package dev.postrider.identity;

import dev.postrider.postgres.NewId;
import java.time.InstantSource;

/** Opens a session for who knows the password. */
final class LogIn {
    private final UserTable users;
    private final Passwords passwords;
    private final SessionTable sessions;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    LogIn(
            UserTable users,
            Passwords passwords,
            SessionTable sessions,
            AccessTokens accessTokens,
            InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /** How a login ended. */
    sealed interface Result {
        record Done(Tokens tokens) implements Result {}

        /** No such user, or not their password: which of them is nobody's business. */
        record Refused() implements Result {}

        record Busy() implements Result {}
    }

    Result with(String email, String password) {
        var login = users.byEmail(email);
        var hash = login.flatMap(UserTable.Login::passwordHash);
        return switch (passwords.check(password, hash)) {
            case Passwords.Verdict.Busy _ -> new Result.Busy();
            case Passwords.Verdict.Wrong _ -> new Result.Refused();
            case Passwords.Verdict.Right(var newHash) -> {
                var user = login.orElseThrow().user();
                newHash.ifPresent(changed -> users.rehash(user, hash.orElseThrow(), changed));
                yield new Result.Done(open(user));
            }
        };
    }

    private Tokens open(Caller user) {
        var session = new Session(NewId.get(), user);
        var refreshToken = RefreshToken.random();
        sessions.open(session, refreshToken, clock.instant());
        return new Tokens(accessTokens.make(session), refreshToken);
    }
}
