package dev.postrider.door.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.Tier;
import dev.postrider.mailbox.connect.ConnectUrls;
import dev.postrider.mailbox.connect.ConnectVisit;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an administrator needs who is to let an app in, for all users of their organisation. */
@Singleton
record AdminConsent(ProviderApps apps, ConnectUrls urls) {
    private static final String AUTHORIZE = "/oauth2/v2.0/authorize";

    /** No consent of a user has it: theirs are random. */
    private static final String STATE = "admin";

    /**
     * Something to send to an administrator.
     *
     * @param key of the texts that go with it
     */
    record Ask(String key, String value) {}

    /**
     * By the app that wanted one: Microsoft's agree at a link, Google's in their console, where
     * they look for the app's id.
     */
    Optional<Ask> ask(ConnectVisit visit) {
        return visit.wantsAdmin()
                .flatMap(wanted -> apps.find(wanted.provider(), Optional.of(wanted.app())))
                .flatMap(app ->
                        switch (app.provider()) {
                            case MICROSOFT ->
                                    url(app, visit.tier())
                                            .map(url -> new Ask("link", url.toString()));
                            case GOOGLE -> Optional.of(new Ask("google", app.clientId()));
                        });
    }

    private Optional<URI> url(ProviderApp app, Tier tier) {
        return urls.callback(Provider.MICROSOFT, app.name())
                .filter(_ -> app.endpoints().authorize().toString().contains(AUTHORIZE))
                .map(back -> url(app, tier, back));
    }

    /**
     * Whether a callback's parameters are an administrator's answer: who sends them may have
     * written them, so they change nothing here. A refusal says so by its state alone.
     */
    static boolean isAnsweredBy(Map<String, List<String>> query) {
        return query.containsKey("admin_consent")
                || query.getOrDefault("state", List.of()).equals(List.of(STATE));
    }

    static boolean isGivenBy(Map<String, List<String>> query) {
        return !query.containsKey("error")
                && query.getOrDefault("admin_consent", List.of()).stream()
                        .allMatch("true"::equalsIgnoreCase);
    }

    /**
     * For the tenant of whichever administrator it is, and for all that users are asked for: where
     * they may consent to nothing, that is who they are, too.
     */
    private static URI url(ProviderApp app, Tier tier, URI back) {
        var authorize = app.endpoints().authorize().toString();
        var base = authorize.substring(0, authorize.indexOf(AUTHORIZE));
        return URI.create(
                base.replaceFirst("/(common|consumers)$", "/organizations")
                        + "/v2.0/adminconsent?client_id="
                        + encoded(app.clientId())
                        + "&scope="
                        + encoded(String.join(" ", app.scopes().toAuthorize(tier)))
                        + "&redirect_uri="
                        + encoded(back.toString())
                        + "&state="
                        + STATE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
