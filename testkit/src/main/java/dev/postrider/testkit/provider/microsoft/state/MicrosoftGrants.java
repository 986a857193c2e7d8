package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has consented to what, and the tokens that came of it. A refresh gives another refresh token
 * and leaves the old one, which lives until its own end. Its own lock guards it.
 */
public final class MicrosoftGrants {
    private static final Duration SPA_LIFE = Duration.ofDays(1);

    /** Who signed in to what, when. */
    public record SignIn(
            MicrosoftUser user, MicrosoftApp app, MicrosoftApp.Platform platform, Instant at) {}

    private record RefreshToken(SignIn signIn, Instant endsAt) {}

    /**
     * What an API is called with.
     *
     * @param user empty for the app itself
     * @param resource the only one it is good for
     * @param scopes names without resource; for the app itself its roles
     */
    public record AccessToken(
            Optional<MicrosoftUser> user,
            MicrosoftApp app,
            MicrosoftTenant tenant,
            String resource,
            Set<String> scopes,
            Instant endsAt) {
        public AccessToken {
            scopes = Set.copyOf(scopes);
        }
    }

    /** What a refresh comes to. */
    public sealed interface Refresh {
        record Good(SignIn signIn) implements Refresh {}

        record Bad(EntraError error) implements Refresh {}
    }

    private final SettableClock clock;
    private final Limits<MicrosoftLimit> limits;
    private final Map<String, RefreshToken> refreshTokens = new HashMap<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    private final Map<String, Set<MicrosoftScope>> consents = new HashMap<>();

    /** By user: grants from before this time are revoked. */
    private final Map<MicrosoftUser, Instant> revokedAt = new HashMap<>();

    /** By user: what a refresh is answered until the user has signed in again. */
    private final Map<MicrosoftUser, EntraError> demands = new HashMap<>();

    MicrosoftGrants(SettableClock clock, Limits<MicrosoftLimit> limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** The user has signed in and consents to these, too. */
    public synchronized SignIn signIn(
            MicrosoftUser user,
            MicrosoftApp app,
            MicrosoftApp.Platform platform,
            Set<MicrosoftScope> scopes) {
        consents.computeIfAbsent(key(user, app), any -> new HashSet<>()).addAll(scopes);
        demands.remove(user);
        return new SignIn(user, app, platform, clock.instant());
    }

    public synchronized boolean hasConsented(
            MicrosoftUser user, MicrosoftApp app, MicrosoftScope scope) {
        return consents.getOrDefault(key(user, app), Set.of()).contains(scope)
                || user.tenant().adminConsents(app).contains(scope.name());
    }

    public synchronized String issueRefreshToken(SignIn signIn) {
        String value = "1.A" + Secrets.token(90);
        Instant endsAt =
                switch (signIn.platform()) {
                    case WEB ->
                            clock.instant()
                                    .plus(
                                            Duration.ofDays(
                                                    limits.get(MicrosoftLimit.REFRESH_TOKEN_DAYS)));
                    case SPA -> signIn.at().plus(SPA_LIFE);
                };
        refreshTokens.put(value, new RefreshToken(signIn, endsAt));
        return value;
    }

    public synchronized String issueAccessToken(
            Optional<MicrosoftUser> user,
            MicrosoftApp app,
            MicrosoftTenant tenant,
            String resource,
            Set<String> scopes) {
        String value = "EwB" + Secrets.token(120);
        accessTokens.put(
                value,
                new AccessToken(
                        user,
                        app,
                        tenant,
                        resource,
                        scopes,
                        clock.instant()
                                .plusSeconds(limits.get(MicrosoftLimit.ACCESS_TOKEN_SECONDS))));
        return value;
    }

    public synchronized Refresh refresh(String value, MicrosoftApp app) {
        RefreshToken token = refreshTokens.get(value);
        if (token == null || !token.signIn().app().equals(app)) {
            return new Refresh.Bad(EntraError.INVALID_GRANT);
        }
        return flaw(token)
                .<Refresh>map(Refresh.Bad::new)
                .orElseGet(() -> new Refresh.Good(token.signIn()));
    }

    private Optional<EntraError> flaw(RefreshToken token) {
        MicrosoftUser user = token.signIn().user();
        if (user.isDisabled()) {
            return Optional.of(EntraError.DISABLED);
        }
        if (token.signIn().at().isBefore(revokedAt.getOrDefault(user, Instant.MIN))) {
            return Optional.of(EntraError.REVOKED);
        }
        if (!clock.instant().isBefore(token.endsAt())) {
            return Optional.of(
                    switch (token.signIn().platform()) {
                        case WEB -> EntraError.UNUSED;
                        case SPA -> EntraError.SPA_EXPIRED;
                    });
        }
        return Optional.ofNullable(demands.get(user));
    }

    /** One that is good now. */
    public synchronized Optional<AccessToken> accessToken(String value) {
        return Optional.ofNullable(accessTokens.get(value))
                .filter(token -> clock.instant().isBefore(token.endsAt()));
    }

    /** An admin resets the password or revokes the sessions: all refresh tokens until now. */
    public synchronized void revokeSessions(MicrosoftUser user) {
        revokedAt.put(user, clock.instant().plusNanos(1));
    }

    /** The user removes the app's access, or an admin does. */
    public synchronized void removeConsent(MicrosoftUser user, MicrosoftApp app) {
        consents.remove(key(user, app));
    }

    /** Refreshes are answered so until the user has signed in again. */
    public synchronized void demand(MicrosoftUser user, EntraError error) {
        demands.put(user, error);
    }

    /** Access tokens end now, as if their hour were over; the grants go on. */
    public synchronized void expireAccessTokens(MicrosoftUser user) {
        accessTokens.values().removeIf(token -> token.user().equals(Optional.of(user)));
    }

    private static String key(MicrosoftUser user, MicrosoftApp app) {
        return user.objectId() + " " + app.clientId();
    }
}
