package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import java.util.UUID;

/**
 * Gives transports the access tokens of mailboxes' grants. Safe for concurrent use: of many who ask
 * at once, on all nodes, one refreshes.
 */
public interface AccessTokens {
    /** One that is good now; refreshed first when there is none. */
    TokenResult get(UUID workspaceId, UUID mailboxId, Audience audience)
            throws InterruptedException;

    /**
     * Another one than that which the provider has just refused (401, or 535 over SMTP): refreshed
     * once, however many ask because of the same one.
     */
    TokenResult renew(UUID workspaceId, UUID mailboxId, Audience audience, AccessToken refused)
            throws InterruptedException;

    /**
     * The provider's API has answered that the operator's app is at fault (an API that is switched
     * off, the project's quota): one alarm, as for the token endpoint's answers.
     */
    void appFailed(UUID workspaceId, UUID mailboxId, String problem);
}
