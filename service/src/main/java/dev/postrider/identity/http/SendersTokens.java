package dev.postrider.identity.http;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Credit;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.TokenCheck;
import dev.postrider.identity.apikey.CheckApiKey;
import dev.postrider.identity.login.Sessions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Lets who sends in on {@link Credit} when their token was good a moment ago, and asks about it
 * later, unless what keeps their email has. Safe for concurrent use.
 */
@Singleton
public final class SendersTokens {
    private final Sessions sessions;
    private final CheckApiKey checkKey;
    private final RecentCallers recent;

    SendersTokens(Sessions sessions, CheckApiKey checkKey, RecentCallers recent) {
        this.sessions = sessions;
        this.checkKey = checkKey;
        this.recent = recent;
    }

    /** What became of asking about a caller's token after all. */
    public sealed interface Asked {
        /** It is good, and this is its caller as they are now. */
        record Good(Caller caller) implements Asked {}

        /** It isn't, or nobody can tell; this is to be answered. */
        record Refused(Response answer) implements Asked {}
    }

    /** Asks about the token of a caller who is in on credit. */
    public Asked ask(Credit credit) {
        var token = credit.token();
        recent.forget(token);
        return switch (token.kind().orElseThrow()) {
            case API_KEY, COMPATIBLE_API_KEY ->
                    key(token)
                            .<Asked>map(Asked.Good::new)
                            .orElseGet(() -> new Asked.Refused(TokenRefusals.invalidKey()));
            default ->
                    switch (session(token)) {
                        case TokenCheck.Good(var caller) -> new Asked.Good(caller);
                        case TokenCheck.Bad(var reason) ->
                                new Asked.Refused(TokenRefusals.invalid(reason));
                        case TokenCheck.Unavailable why ->
                                new Asked.Refused(TokenRefusals.unavailable(why));
                    };
        };
    }

    /** As is known of an access token; asks about one that isn't known. */
    TokenCheck sessionOnCredit(OpaqueToken accessToken) {
        return onCredit(accessToken)
                .<TokenCheck>map(TokenCheck.Good::new)
                .orElseGet(() -> session(accessToken));
    }

    /** As is known of an API key; asks about one that isn't known. */
    Optional<Caller> keyOnCredit(OpaqueToken secret) {
        return onCredit(secret).or(() -> key(secret));
    }

    private Optional<Caller> onCredit(OpaqueToken token) {
        return recent.find(token).map(caller -> caller.on(new Credit(token)));
    }

    private TokenCheck session(OpaqueToken token) {
        var at = recent.now();
        var check = sessions.check(token);
        if (check instanceof TokenCheck.Good(var caller)) {
            recent.remember(token, caller, at);
        }
        return check;
    }

    private Optional<Caller> key(OpaqueToken secret) {
        var at = recent.now();
        var caller = checkKey.of(secret);
        caller.ifPresent(each -> recent.remember(secret, each, at));
        return caller;
    }
}
