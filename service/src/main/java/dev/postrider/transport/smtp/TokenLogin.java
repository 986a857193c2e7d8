package dev.postrider.transport.smtp;

import dev.postrider.credential.grant.AccessTokens;
import dev.postrider.credential.grant.TokenResult;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.email.Outcome;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.transport.Transport.MailboxKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mailbox's access token, asked for before each login. Safe for concurrent use. */
final class TokenLogin {
    private final MailboxKey mailbox;
    private final String user;
    private final AccessTokens tokens;

    /** Written by whoever asks for a connection, read by whoever logs in. */
    private volatile @Nullable AccessToken token;

    TokenLogin(MailboxKey mailbox, String user, AccessTokens tokens) {
        this.mailbox = mailbox;
        this.user = user;
        this.tokens = tokens;
    }

    Credentials credentials() {
        return new Credentials.Token(user, this::value);
    }

    /** A connection that is opened later, when others have ended, takes the token of then. */
    private String value() {
        var _ = begin();
        var known = token;
        return known == null ? "none" : known.value();
    }

    /** Gets a token; or why there is none. */
    Optional<Outcome> begin() {
        return keep(() -> tokens.get(mailbox.workspaceId(), mailbox.mailboxId(), Audience.SMTP));
    }

    /** Gets another than the one that was refused (535). */
    Optional<Outcome> renew() {
        var refused = token;
        return refused == null
                ? begin()
                : keep(() ->
                        tokens.renew(
                                mailbox.workspaceId(),
                                mailbox.mailboxId(),
                                Audience.SMTP,
                                refused));
    }

    private interface Asked {
        TokenResult ask() throws InterruptedException;
    }

    private Optional<Outcome> keep(Asked asked) {
        try {
            return switch (asked.ask()) {
                case TokenResult.Granted(var granted) -> {
                    token = granted;
                    yield Optional.empty();
                }
                case TokenResult.Ended(var code, var problem) ->
                        Optional.of(new Outcome.LoginRefused(code, problem));
                case TokenResult.AppAtFault(_, var problem) ->
                        Optional.of(
                                new Outcome.Unreachable(
                                        "The operator's app is at fault, and with it all its"
                                                + " mailboxes: "
                                                + problem));
                case TokenResult.NotNow(var problem, _) ->
                        Optional.of(new Outcome.Unreachable(problem));
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(new Outcome.Unreachable("It was interrupted."));
        }
    }
}
