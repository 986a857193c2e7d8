package dev.postrider.transport.api;

import dev.postrider.credential.grant.AccessTokens;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Conversations;
import dev.postrider.transport.Drafts;
import dev.postrider.transport.SentMessages;
import dev.postrider.transport.Throttles;
import dev.postrider.transport.api.reply.ApiRules;
import dev.postrider.transport.api.reply.Backoff;
import dev.postrider.transport.smtp.TokenSmtp;
import java.time.InstantSource;

/**
 * What all mailboxes of a provider's API share.
 *
 * @param client that reaches what the operator's settings name
 */
public record ApiDependencies(
        MailApi api,
        ApiLimits limits,
        ApiRules rules,
        OutboundClient client,
        AccessTokens tokens,
        FindApi find,
        ContentSource contents,
        Conversations conversations,
        SentMessages sent,
        Drafts drafts,
        Backoff backoff,
        TokenSmtp smtp,
        InstantSource clock) {

    /** The same for every provider, with what its files say. */
    public static ApiDependencies of(MailApi api, Shared shared) {
        return new ApiDependencies(
                api,
                ApiLimits.load(api.name()),
                ApiRules.load(api.name()),
                shared.client(),
                shared.tokens(),
                shared.find(),
                shared.contents(),
                shared.conversations(),
                shared.sent(),
                shared.drafts(),
                new Backoff(shared.throttles()),
                shared.smtp(),
                shared.clock());
    }

    /** What providers have in common. */
    public record Shared(
            OutboundClient client,
            AccessTokens tokens,
            FindApi find,
            ContentSource contents,
            Conversations conversations,
            SentMessages sent,
            Drafts drafts,
            Throttles throttles,
            TokenSmtp smtp,
            InstantSource clock) {}
}
