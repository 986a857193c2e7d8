package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import java.time.Duration;

/** An access token, or why there is none. */
public sealed interface TokenResult {
    record Granted(AccessToken token) implements TokenResult {}

    /**
     * The grant has ended: the mailbox is to be held until its user connects it again.
     *
     * @param code stable, for programs: {@code grant_revoked}
     * @param problem what happened and what to do, for its user
     */
    record Ended(String code, String problem) implements TokenResult {}

    /**
     * The operator's app is at fault, and with it all its mailboxes: they rest, and go on by
     * themselves once it is mended.
     *
     * @param problem for the operator
     */
    record AppAtFault(String app, String problem) implements TokenResult {}

    /**
     * The provider couldn't say; nothing is known of the grant.
     *
     * @param pause before it is worth another try
     */
    record NotNow(String problem, Duration pause) implements TokenResult {}
}
