package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.Tier;
import java.util.Optional;
import java.util.Set;

/**
 * What a mailbox may do once its token was refreshed: users and administrators take single
 * permissions back, and give others, without the grant's ending.
 *
 * @param given by the answer, short names
 */
record RefreshedScopes(GrantRow seen, ProviderApp app, Audience audience, Set<String> given) {
    /** The code of a grant that sending was taken out of. */
    static final String LOST = "scope_missing";

    Set<String> now() {
        return isAboutApi()
                ? app.scopes().refreshed(before(), given, app.provider() == Provider.GOOGLE)
                : before();
    }

    /**
     * An app's own access has no scopes of a user's, and a token for SMTP says nothing of the API.
     */
    private boolean isAboutApi() {
        return !seen.info().isApplication()
                && (audience == Audience.API || app.provider() == Provider.GOOGLE);
    }

    private Set<String> before() {
        return seen.info().scopes();
    }

    boolean areOthers() {
        return !now().equals(before());
    }

    /** What they are enough for; empty when that isn't to be looked at anew. */
    Optional<Tier> tier() {
        return areOthers() ? app.scopes().tier(now()) : Optional.empty();
    }

    /**
     * Why the mailbox can't send any more; empty when it can. Scopes that weren't enough before
     * either are no news: the settings ask for more than they did when its user consented.
     */
    Optional<String> lost() {
        var isLost =
                isAboutApi()
                        && app.scopes().tier(now()).isEmpty()
                        && (app.scopes().tier(before()).isPresent()
                                || seen.ended().filter(LOST::equals).isPresent());
        return isLost
                ? Optional.of(
                        "The permission to send was taken back: "
                                + String.join(
                                        ", ",
                                        app.scopes().missing(Tier.SEND, now()).stream()
                                                .map(AppScopes::shortened)
                                                .toList())
                                + " is missing. Connect the mailbox again and leave every box"
                                + " ticked.")
                : Optional.empty();
    }
}
