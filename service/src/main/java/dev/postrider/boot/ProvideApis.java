package dev.postrider.boot;

import dev.postrider.credential.grant.Grants;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Conversations;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.FindApi;
import dev.postrider.transport.smtp.TokenSmtp;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

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
            TokenSmtp smtp,
            InstantSource clock) {
        return new ApiDependencies.Shared(
                OutboundClient.forOperator(),
                grants,
                find(grants, apps),
                contents,
                conversations,
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
                                                        !grant.isApplication(),
                                                        grant.tier(),
                                                        grant.account().address().orElse(""))));
    }
}
