package dev.postrider.door.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.ConnectUrls;
import dev.postrider.mailbox.connect.ConnectVisit;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a Microsoft tenant's administrator agrees to an app, for all users of the tenant. */
@Singleton
record AdminConsent(ProviderApps apps, ConnectUrls urls) {
    private static final String AUTHORIZE = "/oauth2/v2.0/authorize";

    /** Empty when the link offers no app of Microsoft's. */
    Optional<URI> url(ConnectVisit visit) {
        return visit.options().stream()
                .flatMap(option ->
                        option instanceof ConnectOption.Consent(var provider, var name)
                                        && provider == Provider.MICROSOFT
                                ? apps.find(provider, Optional.of(name)).stream()
                                : Stream.empty())
                .findFirst()
                .flatMap(app ->
                        urls.callback(Provider.MICROSOFT, app.name())
                                .filter(_ ->
                                        app.endpoints().authorize().toString().contains(AUTHORIZE))
                                .map(back -> {
                                    var authorize = app.endpoints().authorize().toString();
                                    var base = authorize.substring(0, authorize.indexOf(AUTHORIZE));
                                    return URI.create(
                                            base.replaceFirst(
                                                            "/(common|consumers)$",
                                                            "/organizations")
                                                    + "/v2.0/adminconsent?client_id="
                                                    + URLEncoder.encode(app.clientId(), UTF_8)
                                                    + "&scope="
                                                    + URLEncoder.encode(
                                                            String.join(
                                                                    " ",
                                                                    app.scopes()
                                                                            .ofTier(visit.tier())),
                                                            UTF_8)
                                                    + "&redirect_uri="
                                                    + URLEncoder.encode(back.toString(), UTF_8));
                                }));
    }
}
