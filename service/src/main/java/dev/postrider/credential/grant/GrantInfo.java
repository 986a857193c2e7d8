package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Account;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.Tier;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a mailbox's grant, without its tokens.
 *
 * @param isApplication whether it is the app's own access, by an administrator's consent
 * @param scopes short names
 * @param endsAt when it was granted for a time only
 * @param refreshedAt when a token was last given
 * @param isEnded whether it is over, until its user connects the mailbox again
 * @param problem what the last refresh met; empty after one that worked
 */
public record GrantInfo(
        Provider provider,
        String app,
        boolean isApplication,
        Account account,
        Tier tier,
        Set<String> scopes,
        Instant grantedAt,
        Optional<Instant> endsAt,
        Instant refreshedAt,
        boolean isEnded,
        Optional<String> problem) {
    public GrantInfo {
        scopes = Set.copyOf(scopes);
    }

    /**
     * The same with what its app suffers from, which is worse.
     *
     * @param appProblem empty: the app is well
     */
    GrantInfo atFault(Optional<String> appProblem) {
        return new GrantInfo(
                provider,
                app,
                isApplication,
                account,
                tier,
                scopes,
                grantedAt,
                endsAt,
                refreshedAt,
                isEnded,
                appProblem.or(() -> problem));
    }
}
