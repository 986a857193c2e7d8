package dev.postrider.boot;

import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.credential.grant.Grants;
import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Conversations;
import dev.postrider.transport.Drafts;
import dev.postrider.transport.SentMessages;
import dev.postrider.transport.Throttles;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.FindApi;
import dev.postrider.transport.smtp.TokenSmtp;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Hands the transports what they call their providers' APIs with. */
@Singleton
final class ProvideApis {
    /** An API's address comes from the operator's settings and from nobody else. */
    @Produces
    @Singleton
    ApiDependencies.Shared shared(
            Grants grants,
            ProviderApps apps,
            ContentSource contents,
            Conversations conversations,
            SentMessages sent,
            Drafts drafts,
            Throttles throttles,
            TokenSmtp smtp,
            InstantSource clock) {
        return new ApiDependencies.Shared(
                OutboundClient.forOperator(),
                grants,
                find(grants, apps),
                contents,
                conversations,
                sent,
                drafts,
                throttles,
                smtp,
                clock);
    }

    private static FindApi find(Grants grants, ProviderApps apps) {
        return mailbox ->
                grants.find(mailbox.workspaceId(), mailbox.mailboxId())
                        .flatMap(grant ->
                                apps.find(grant.provider(), Optional.of(grant.app()))
                                        .map(app ->
                                                new FindApi.Api(
                                                        app.endpoints().api(),
                                                        app.endpoints().uploads(),
                                                        !grant.isApplication(),
                                                        grant.tier(),
                                                        scopes(grant, app),
                                                        grant.account().address().orElse(""),
                                                        app.messageOctets())));
    }

    /** An app's own token says nothing of them: it has what its tier needs. */
    private static Set<String> scopes(GrantInfo grant, ProviderApp app) {
        return grant.isApplication()
                ? AppScopes.shortened(app.scopes().ofTier(grant.tier()))
                : grant.scopes();
    }
}
