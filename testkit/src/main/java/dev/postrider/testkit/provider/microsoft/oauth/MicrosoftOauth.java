package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.util.List;

/** Microsoft's routes for tokens. */
public final class MicrosoftOauth {
    private final Authorize authorize;
    private final Token token;
    private final AdminConsent admin;

    public MicrosoftOauth(MicrosoftState microsoft) {
        var codes = new AuthorizationCodes();
        this.authorize = new Authorize(microsoft, codes);
        this.token = new Token(microsoft, codes);
        this.admin = new AdminConsent(microsoft);
    }

    public Authorize authorize() {
        return authorize;
    }

    public List<Route> routes() {
        return List.of(
                new Route(MicrosoftEndpoint.AUTHORIZE, authorize::show),
                new Route(MicrosoftEndpoint.DECIDE, authorize::decide),
                new Route(MicrosoftEndpoint.TOKEN, token::answer),
                new Route(
                        MicrosoftEndpoint.KEYS,
                        ignored -> Response.json(200, SigningKey.ofServers().jwks())),
                new Route(MicrosoftEndpoint.ADMIN_CONSENT, admin::show),
                new Route(MicrosoftEndpoint.ADMIN_DECIDE, admin::decide));
    }
}
