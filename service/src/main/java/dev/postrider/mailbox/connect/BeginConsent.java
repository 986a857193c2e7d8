package dev.postrider.mailbox.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.credential.grant.Grants;
import dev.postrider.credential.provider.Authorize;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.Tier;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Sends a browser to a provider's consent page. What its answer is known by (RFC 6749, 10.12) is
 * kept hashed, for one use within ten minutes by the same browser; nothing of the link is in it.
 */
@Singleton
public final class BeginConsent {
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final ConnectVisits visits;
    private final ConnectUrls urls;
    private final ProviderApps apps;
    private final Authorize authorize;
    private final Grants grants;
    private final InstantSource clock;

    BeginConsent(
            Database database,
            ConnectVisits visits,
            ConnectUrls urls,
            ProviderApps apps,
            Authorize authorize,
            Grants grants,
            InstantSource clock) {
        this.database = database;
        this.visits = visits;
        this.urls = urls;
        this.apps = apps;
        this.authorize = authorize;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * @return the consent page; empty when the link doesn't offer it, or is another browser's
     */
    public Optional<URI> begin(ConnectVisit visit, ConnectOption.Consent option) {
        var app = apps.find(option.provider(), Optional.of(option.app()));
        var back = urls.callback(option.provider(), option.app());
        if (!visit.options().contains(option)
                || app.isEmpty()
                || back.isEmpty()
                || !visits.begin(visit)) {
            return Optional.empty();
        }
        var state = OpaqueToken.random(OpaqueToken.Kind.STATE);
        var verifier = OpaqueToken.random(OpaqueToken.Kind.STATE).text();
        var nonce = OpaqueToken.random(OpaqueToken.Kind.STATE).text();
        keep(visit, app.get(), state, verifier, nonce);
        return Optional.of(
                authorize.url(
                        app.get(),
                        state.text(),
                        nonce,
                        challenge(verifier),
                        back.get(),
                        tier(visit, grant(visit, grants)),
                        // who has just chosen another account is to be shown all of them
                        visit.address()
                                .filter(_ -> !hasFailed(visit, ConnectFailure.WRONG_ACCOUNT)),
                        hasFailed(visit, ConnectFailure.PERMISSION_MISSING)
                                || hasFailed(visit, ConnectFailure.NO_REFRESH_TOKEN)));
    }

    private static boolean hasFailed(ConnectVisit visit, ConnectFailure failure) {
        return visit.failure().filter(failure::equals).isPresent();
    }

    private void keep(
            ConnectVisit visit, ProviderApp app, OpaqueToken state, String verifier, String nonce) {
        var now = clock.instant();
        database.of(visit.link().workspaceId())
                .inTransaction(handle -> {
                    ConnectAttemptTable.insert(
                            handle,
                            state,
                            visit.browser(),
                            new ConnectAttemptTable.Attempt(
                                    visit.link().workspaceId(),
                                    visit.link().id(),
                                    app.provider(),
                                    app.name(),
                                    verifier,
                                    nonce),
                            now,
                            now.plus(PATIENCE));
                    return true;
                });
    }

    static Optional<GrantInfo> grant(ConnectVisit visit, Grants grants) {
        return visit.mailbox().flatMap(box -> grants.find(box.workspaceId(), box.id()));
    }

    /** A mailbox that is connected again keeps what it could do before. */
    static Tier tier(ConnectVisit visit, Optional<GrantInfo> before) {
        return before.map(GrantInfo::tier)
                .filter(tier -> tier.compareTo(visit.tier()) > 0)
                .orElse(visit.tier());
    }

    /** RFC 7636, 4.2. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
