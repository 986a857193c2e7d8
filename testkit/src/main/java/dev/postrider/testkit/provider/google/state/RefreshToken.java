package dev.postrider.testkit.provider.google.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A refresh token and how it ends. {@link GoogleGrants}' lock guards it. */
final class RefreshToken {
    private static final Duration UNUSED = Duration.ofDays(182);

    private final GoogleGrants.Grant grant;
    private final Instant issuedAt;
    private final Optional<Instant> endsAt;
    private Instant usedAt;
    private boolean revoked;

    RefreshToken(GoogleGrants.Grant grant, Instant now, Optional<Duration> life) {
        this.grant = grant;
        this.issuedAt = now;
        this.usedAt = now;
        this.endsAt = life.map(now::plus);
    }

    GoogleGrants.Grant grant() {
        return grant;
    }

    boolean isOf(GoogleUser user, GoogleApp app) {
        return grant.user() == user && grant.app() == app;
    }

    boolean isLive(Instant now) {
        return !revoked
                && endsAt.filter(end -> !now.isBefore(end)).isEmpty()
                && now.isBefore(usedAt.plus(UNUSED));
    }

    boolean needsSignIn(Instant now) {
        Duration session = grant.user().sessionLength();
        return !session.isZero() && now.isAfter(issuedAt.plus(session));
    }

    boolean hasMailScope() {
        return grant.scopes().stream().anyMatch(GoogleScope::isMail);
    }

    Set<String> scopes() {
        return grant.scopes();
    }

    void use(Instant now) {
        usedAt = now;
    }

    void revoke() {
        revoked = true;
    }
}
