package dev.postrider.credential.provider.token;

import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.ClientLogin;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.Tier;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asks the token endpoints of the operator's apps. Safe for concurrent use. */
public final class TokenEndpoint {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String CLIENT_JWT =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ProviderCalls calls;
    private final InstantSource clock;
    private final Map<Provider, ReadTokenAnswer> readers = new EnumMap<>(Provider.class);

    public TokenEndpoint(ProviderCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
        for (var provider : Provider.values()) {
            readers.put(provider, new ReadTokenAnswer(provider, clock));
        }
    }

    /**
     * Exchanges a code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.5).
     *
     * @param scopes where one may ask for several resources, those of one
     * @param redirectUri the very one that the consent page was asked with
     */
    public TokenAnswer redeem(
            ProviderApp app, String code, String verifier, URI redirectUri, List<String> scopes)
            throws InterruptedException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", verifier);
        form.put("redirect_uri", redirectUri.toString());
        switch (app.provider()) {
            case GOOGLE -> {}
            case MICROSOFT -> form.put("scope", String.join(" ", scopes));
        }
        return ask(app, form, Set.of());
    }

    /**
     * Refreshes (RFC 6749, 6).
     *
     * @param granted the short names of the scopes that there are
     */
    public TokenAnswer refresh(
            ProviderApp app, String refreshToken, Set<String> granted, Audience audience)
            throws InterruptedException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        switch (app.provider()) {
            case GOOGLE -> {}
            // one resource a token: the first scope's
            case MICROSOFT ->
                    form.put("scope", withRefresh(app.scopes().toRefresh(granted, audience)));
        }
        return ask(app, form, granted);
    }

    /** Asks with the app's own word for a mailbox of the organisation. */
    public TokenAnswer forAddress(ProviderApp app, String address, Tier tier, Audience audience)
            throws InterruptedException {
        var scopes = app.scopes().ofApplication(tier, audience);
        var form = new LinkedHashMap<String, String>();
        switch (app.login()) {
            case ClientLogin.ServiceAccount account -> {
                form.put("grant_type", JWT_BEARER);
                form.put(
                        "assertion",
                        SignJwt.grant(
                                account,
                                address,
                                scopes,
                                app.endpoints().token().toString(),
                                clock.instant()));
            }
            case ClientLogin.Secret _, ClientLogin.Certificate _ -> {
                form.put("grant_type", "client_credentials");
                form.put("scope", String.join(" ", scopes));
            }
        }
        return ask(app, form, AppScopes.shortened(app.scopes().ofTier(tier)));
    }

    private TokenAnswer ask(ProviderApp app, Map<String, String> form, Set<String> wanted)
            throws InterruptedException {
        var asked = clock.instant();
        var endpoint = app.endpoints().token();
        switch (app.login()) {
            case ClientLogin.Secret(var secret) -> {
                form.put("client_id", app.clientId());
                form.put("client_secret", secret);
            }
            case ClientLogin.Certificate login -> {
                form.put("client_id", app.clientId());
                form.put("client_assertion_type", CLIENT_JWT);
                form.put(
                        "client_assertion",
                        SignJwt.client(login, app.clientId(), endpoint.toString(), asked));
            }
            case ClientLogin.ServiceAccount _ -> {}
        }
        return reader(app.provider()).of(calls.post(endpoint, form), asked, wanted);
    }

    private ReadTokenAnswer reader(Provider provider) {
        return Objects.requireNonNull(readers.get(provider));
    }

    private static String withRefresh(List<String> scopes) {
        var all = new ArrayList<>(scopes);
        all.add("offline_access");
        return String.join(" ", all);
    }
}
