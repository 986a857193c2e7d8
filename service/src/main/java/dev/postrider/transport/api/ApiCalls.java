package dev.postrider.transport.api;

import dev.postrider.credential.grant.AccessTokens;
import dev.postrider.credential.grant.TokenResult;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.outbound.OutboundSession;
import dev.postrider.outbound.SessionRequest;
import dev.postrider.outbound.SessionResult;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.reply.ApiError;
import dev.postrider.transport.api.reply.ApiReply;
import dev.postrider.transport.api.reply.ApiRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Calls of one mailbox's API with its access token: one that is refused is renewed, once for each
 * call, since a refused one means that nothing was taken. For one thread at a time.
 */
public final class ApiCalls implements AutoCloseable {
    /** A token that ends sooner is replaced before it is used. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final OutboundSession session;
    private final AccessTokens tokens;
    private final ApiRules rules;
    private final MailboxKey mailbox;
    private final InstantSource clock;
    private Optional<AccessToken> token = Optional.empty();
    private TraceCalls trace = TraceCalls.NONE;

    public ApiCalls(
            OutboundSession session,
            AccessTokens tokens,
            ApiRules rules,
            MailboxKey mailbox,
            InstantSource clock) {
        this.session = session;
        this.tokens = tokens;
        this.rules = rules;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** What became of a call. */
    public sealed interface Call {
        /** The API says that it has done what it was asked to. */
        record Success(ApiReply reply) implements Call {}

        /** It hasn't, or nobody can say. */
        sealed interface NotAnswered extends Call {}

        /** The API's error. */
        record Refused(ApiReply reply, ApiError error, ApiRules.Decision decision)
                implements NotAnswered {}

        /** There is no access token. */
        record NoToken(TokenResult why) implements NotAnswered {}

        /** No answer. */
        record Broken(SessionResult<ApiReply.Text> why) implements NotAnswered {}
    }

    /** A token that is good by its time; empty beside why there is none. */
    Optional<TokenResult> authorize() {
        var now = clock.instant();
        if (token.filter(each -> each.expiresAt().isAfter(now.plus(MARGIN))).isPresent()) {
            return Optional.empty();
        }
        return keep(() -> tokens.get(mailbox.workspaceId(), mailbox.mailboxId(), Audience.API));
    }

    /** Another token than the one in use; empty beside why there is none. */
    Optional<TokenResult> renew() {
        var refused = token();
        return keep(() ->
                tokens.renew(mailbox.workspaceId(), mailbox.mailboxId(), Audience.API, refused));
    }

    private interface Asked {
        TokenResult ask() throws InterruptedException;
    }

    private Optional<TokenResult> keep(Asked asked) {
        try {
            return switch (asked.ask()) {
                case TokenResult.Granted(var granted) -> {
                    token = Optional.of(granted);
                    yield Optional.empty();
                }
                case TokenResult.Ended ended -> Optional.of(ended);
                case TokenResult.AppAtFault fault -> Optional.of(fault);
                case TokenResult.NotNow later -> Optional.of(later);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(
                    new TokenResult.NotNow("It was interrupted.", Duration.ofSeconds(1)));
        }
    }

    /** The one in use; after {@link #authorize} or a call there is one. */
    public AccessToken token() {
        return token.orElseThrow();
    }

    public Call call(MailApi.Request request) {
        var missing = authorize();
        if (missing.isPresent()) {
            return new Call.NoToken(missing.get());
        }
        var first = exchange(request);
        if (!(first instanceof Call.Refused(_, _, var decision))
                || !(decision.meaning() instanceof ApiRules.Meaning.Renew)) {
            return first;
        }
        var none = renew();
        return none.<Call>map(Call.NoToken::new).orElseGet(() -> exchange(request));
    }

    /** A call of another server that the API has named, which takes no token. */
    public Call call(OutboundSession other, SessionRequest request) {
        return exchange(other, request);
    }

    private Call exchange(MailApi.Request request) {
        return exchange(session, request.with(token()));
    }

    private Call exchange(OutboundSession with, SessionRequest request) {
        return trace.making(with, request, () -> read(with.exchange(request, ApiReply.SINK)));
    }

    /** Whose trace calls from now on belong to. */
    void trace(TraceCalls calls) {
        trace = calls;
    }

    private Call read(SessionResult<ApiReply.Text> result) {
        return switch (result) {
            case SessionResult.Answer<ApiReply.Text>(var answer) -> {
                var reply = ApiReply.of(answer);
                yield reply.isSuccess() ? new Call.Success(reply) : refused(reply);
            }
            case SessionResult<ApiReply.Text> broken -> new Call.Broken(broken);
        };
    }

    private Call refused(ApiReply reply) {
        var error = ApiError.of(reply);
        return new Call.Refused(reply, error, rules.of(reply, error));
    }

    OutboundSession session() {
        return session;
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        session.close();
    }
}
