package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who has consented to what, and the tokens that came of it. Its own lock guards it. */
public final class GoogleGrants {
    private static final Duration TESTING = Duration.ofDays(7);

    /** A user's consent to an app, at one time. */
    public record Grant(GoogleUser user, GoogleApp app, Set<String> scopes) {
        public Grant {
            scopes = Set.copyOf(scopes);
        }

        public String scopeText() {
            return String.join(" ", scopes.stream().sorted().toList());
        }
    }

    /** What an API is called with. */
    public record AccessToken(String value, Grant grant, Instant expiresAt) {}

    private final SettableClock clock;
    private final Limits<GoogleLimit> limits;
    private final Map<String, RefreshToken> refreshTokens = new LinkedHashMap<>();
    private final Map<String, AccessToken> accessTokens = new LinkedHashMap<>();
    private final Set<String> consented = new HashSet<>();

    GoogleGrants(SettableClock clock, Limits<GoogleLimit> limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Whether this user has consented to this app before, and not revoked it. */
    public synchronized boolean hasConsented(GoogleUser user, GoogleApp app) {
        return consented.contains(key(user, app));
    }

    public synchronized void consent(GoogleUser user, GoogleApp app) {
        consented.add(key(user, app));
    }

    /**
     * The oldest live one ends when there are too many.
     *
     * @param timeLimit when the user has granted it for a time only
     */
    public synchronized String issueRefreshToken(Grant grant, Optional<Duration> timeLimit) {
        var live =
                refreshTokens.values().stream()
                        .filter(token -> token.isOf(grant.user(), grant.app()))
                        .filter(token -> token.isLive(clock.instant()))
                        .toList();
        if (live.size() >= limits.get(GoogleLimit.REFRESH_TOKENS)) {
            live.getFirst().revoke();
        }
        boolean testing =
                grant.app().audience() == GoogleApp.Audience.TESTING
                        && !grant.scopes().stream().allMatch(GoogleScope::isSignIn);
        String value = "1//" + Secrets.token(48);
        refreshTokens.put(
                value,
                new RefreshToken(
                        grant,
                        clock.instant(),
                        timeLimit.or(() -> testing ? Optional.of(TESTING) : Optional.empty())));
        return value;
    }

    public synchronized AccessToken issueAccessToken(Grant grant) {
        var token =
                new AccessToken(
                        "ya29." + Secrets.token(60),
                        grant,
                        clock.instant().plusSeconds(limits.get(GoogleLimit.ACCESS_TOKEN_SECONDS)));
        accessTokens.put(token.value(), token);
        return token;
    }

    /** What a refresh comes to: the grant, or an error. */
    public sealed interface Refresh {
        record Good(Grant grant) implements Refresh {}

        record Bad(GoogleError error) implements Refresh {}
    }

    public synchronized Refresh refresh(String value, GoogleApp app) {
        RefreshToken token = refreshTokens.get(value);
        if (token == null) {
            return new Refresh.Bad(GoogleError.FOREIGN_TOKEN);
        }
        if (token.grant().app() != app) {
            return new Refresh.Bad(GoogleError.OTHER_CLIENTS_TOKEN);
        }
        Instant now = clock.instant();
        var error =
                switch (token.grant().user().state()) {
                    case DELETED -> Optional.of(GoogleError.ACCOUNT_DELETED);
                    case CLIENT_BLOCKED -> Optional.of(GoogleError.ADMIN_POLICY);
                    case RESTRICTED -> Optional.of(GoogleError.ACCOUNT_RESTRICTED);
                    case GOOD -> Optional.<GoogleError>empty();
                };
        if (error.isPresent()) {
            return new Refresh.Bad(error.get());
        }
        if (!token.isLive(now)) {
            return new Refresh.Bad(GoogleError.EXPIRED_OR_REVOKED);
        }
        if (token.needsSignIn(now)) {
            return new Refresh.Bad(GoogleError.FRESH_SIGN_IN_NEEDED);
        }
        token.use(now);
        return new Refresh.Good(token.grant());
    }

    /** One that is good now. */
    public synchronized Optional<AccessToken> accessToken(String value) {
        return Optional.ofNullable(accessTokens.get(value))
                .filter(token -> clock.instant().isBefore(token.expiresAt()))
                .filter(token -> token.grant().user().state() != GoogleUser.State.DELETED);
    }

    /** Ends the whole grant that a token of either kind belongs to; false for none. */
    public synchronized boolean revoke(String value) {
        RefreshToken refresh = refreshTokens.get(value);
        Optional<Grant> grant =
                refresh == null
                        ? accessToken(value).map(AccessToken::grant)
                        : Optional.of(refresh)
                                .filter(token -> token.isLive(clock.instant()))
                                .map(RefreshToken::grant);
        grant.ifPresent(each -> revoke(each.user(), each.app()));
        return grant.isPresent();
    }

    /** The user removes the app's access. */
    public synchronized void revoke(GoogleUser user, GoogleApp app) {
        refreshTokens.values().stream()
                .filter(token -> token.isOf(user, app))
                .forEach(RefreshToken::revoke);
        accessTokens
                .values()
                .removeIf(token -> token.grant().user() == user && token.grant().app() == app);
        consented.remove(key(user, app));
    }

    /** Ends refresh tokens with Gmail's scopes; access tokens live on. */
    public synchronized void passwordChanged(GoogleUser user) {
        refreshTokens.values().stream()
                .filter(token -> token.grant().user() == user && token.hasMailScope())
                .forEach(RefreshToken::revoke);
    }

    /** Access tokens end now, as if their hour were over; the grants go on. */
    public synchronized void expireAccessTokens(GoogleUser user) {
        accessTokens.values().removeIf(token -> token.grant().user() == user);
    }

    public synchronized int liveRefreshTokens(GoogleUser user, GoogleApp app) {
        return (int)
                refreshTokens.values().stream()
                        .filter(token -> token.isOf(user, app))
                        .filter(token -> token.isLive(clock.instant()))
                        .count();
    }

    private static String key(GoogleUser user, GoogleApp app) {
        return user.subject() + " " + app.clientId();
    }
}
