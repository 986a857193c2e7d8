package dev.postrider.credential.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.credential.provider.token.TokenAnswer;
import dev.postrider.credential.provider.token.TokenEndpoint;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The authorization code flow (RFC 6749, 4.1, with RFC 7636, RFC 9207 and OpenID Connect Core 1.0):
 * where a user is sent to consent, and what the code is worth that they come back with. State,
 * nonce and verifier are the caller's, who keeps them. Safe for concurrent use.
 */
@Singleton
public final class Authorize {
    private final TokenEndpoint tokens;
    private final FindAccount accounts;
    private final Supplier<AppWatch> watch;
    private final InstantSource clock;

    @Inject
    public Authorize(InstantSource clock, Instance<AppWatch> watch) {
        this(new ProviderCalls(), clock, watch::get);
    }

    public Authorize(ProviderCalls calls, InstantSource clock, Supplier<AppWatch> watch) {
        this.watch = watch;
        this.tokens = new TokenEndpoint(calls, clock);
        this.accounts = new FindAccount(calls);
        this.clock = clock;
    }

    /**
     * The provider's page on which a user consents.
     *
     * @param codeChallenge S256 of the verifier
     * @param loginHint the address of the account that is expected
     * @param forceConsent whether the user is asked although they have consented before, after a
     *     box wasn't ticked or no refresh token came
     */
    public URI url(
            ProviderApp app,
            String state,
            String nonce,
            String codeChallenge,
            URI redirectUri,
            Tier tier,
            Optional<String> loginHint,
            boolean forceConsent) {
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", app.clientId());
        query.put("response_type", "code");
        query.put("redirect_uri", redirectUri.toString());
        query.put("scope", String.join(" ", app.scopes().toAuthorize(tier)));
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", codeChallenge);
        query.put("code_challenge_method", "S256");
        switch (app.provider()) {
            case GOOGLE -> {
                query.put("access_type", "offline");
                // who has consented before, to whatever, gets no refresh token without "consent"
                query.put("prompt", "select_account consent");
            }
            case MICROSOFT -> {
                query.put("response_mode", "query");
                query.put("prompt", forceConsent ? "consent" : "select_account");
            }
        }
        loginHint.ifPresent(hint -> query.put("login_hint", hint));
        var page = app.endpoints().authorize().toString();
        return URI.create(
                page
                        + (page.contains("?") ? "&" : "?")
                        + query.entrySet().stream()
                                .map(each ->
                                        each.getKey()
                                                + "="
                                                + URLEncoder.encode(each.getValue(), UTF_8))
                                .collect(Collectors.joining("&"))
                                .replace("+", "%20"));
    }

    /**
     * Whether a callback comes from the provider that its user was sent to (RFC 9207, 2.4). Google
     * says who it is without announcing it, Microsoft doesn't: what is absent is no reason.
     *
     * @param iss the callback's
     */
    public static boolean isFrom(ProviderApp app, Optional<String> iss) {
        return iss.isEmpty()
                || app.endpoints().issuers().stream().anyMatch(each -> fits(each, iss.get()));
    }

    private static boolean fits(String issuer, String iss) {
        var tenant = issuer.indexOf("{tid}");
        return tenant < 0
                ? issuer.equals(iss)
                : iss.startsWith(issuer.substring(0, tenant))
                        && iss.endsWith(issuer.substring(tenant + "{tid}".length()));
    }

    /**
     * Exchanges the code of a callback.
     *
     * @param tier the one that was asked for: fewer scopes are refused
     */
    public CodeResult exchange(
            ProviderApp app, String code, String verifier, URI redirectUri, String nonce, Tier tier)
            throws InterruptedException {
        return switch (tokens.redeem(
                app, code, verifier, redirectUri, app.scopes().toRedeem(tier))) {
            case TokenAnswer.Ended(var ended, var problem) -> {
                watch.get().accepted(app);
                // of a code that is asked about for the first time, the grant can't have ended
                yield new CodeResult.Refused(
                        ended.equals("grant_revoked") ? "code_invalid" : ended,
                        ended.equals("grant_revoked")
                                ? "The consent's code isn't accepted: it was used before or has"
                                        + " expired. Start again."
                                : problem);
            }
            case TokenAnswer.AppAtFault(var isForAll, var problem) -> {
                watch.get().refused(app, isForAll, problem);
                yield new CodeResult.AppAtFault(app.label(), problem);
            }
            case TokenAnswer.NotNow(var problem, _) -> new CodeResult.NotNow(problem);
            case TokenAnswer.Tokens given -> {
                watch.get().accepted(app);
                yield checked(app, given, nonce, tier);
            }
        };
    }

    private CodeResult checked(ProviderApp app, TokenAnswer.Tokens given, String nonce, Tier tier)
            throws InterruptedException {
        ReadIdToken.Identity identity;
        try {
            identity = ReadIdToken.of(app, given.idToken().orElse(""), nonce, clock.instant());
        } catch (ReadIdToken.NotForUs e) {
            return new CodeResult.Refused(
                    "identity_invalid",
                    "What the provider says of who consented can't be accepted: "
                            + e.getMessage()
                            + ". Start again.");
        }
        var unused = Optional.of(unused(app, given, identity));
        var missing = app.scopes().missing(tier, given.access().scopes());
        if (!missing.isEmpty()) {
            return new CodeResult.Refused(
                    "scope_missing",
                    "Not all that is needed was allowed: "
                            + String.join(", ", AppScopes.shortened(missing))
                            + " is missing. Start again and tick every box.",
                    unused);
        }
        if (given.refreshToken().isEmpty()) {
            return new CodeResult.Refused(
                    "no_refresh_token",
                    "The provider gave no lasting access. Remove this app's access in your account's"
                            + " settings, then start again.",
                    unused);
        }
        return switch (accounts.ask(app, identity, given.access())) {
            case FindAccount.Found.NotNow(var problem) -> new CodeResult.NotNow(problem, unused);
            case FindAccount.Found.None(var problem) ->
                    new CodeResult.Refused(
                            "no_mailbox",
                            problem + " Choose an account that has a mailbox.",
                            unused);
            case FindAccount.Found.Mailbox(var address) ->
                    new CodeResult.Granted(grant(app, given, identity, address));
        };
    }

    private static UnusedGrant unused(
            ProviderApp app, TokenAnswer.Tokens given, ReadIdToken.Identity identity) {
        return new UnusedGrant(
                app.provider(),
                app.name(),
                new Account(identity.subject(), identity.tenant(), Optional.empty()),
                given.refreshToken().orElse(given.access().value()));
    }

    private static NewGrant grant(
            ProviderApp app,
            TokenAnswer.Tokens given,
            ReadIdToken.Identity identity,
            String address) {
        return new NewGrant(
                app.provider(),
                app.name(),
                new Account(identity.subject(), identity.tenant(), Optional.of(address)),
                app.scopes().tier(given.access().scopes()).orElseThrow(),
                given.refreshToken(),
                given.access(),
                given.endsAt());
    }
}
