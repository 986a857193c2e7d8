package dev.postrider.testkit.provider.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.Switches;
import dev.postrider.testkit.provider.google.gmail.Gmail;
import dev.postrider.testkit.provider.google.gmail.Mailboxes;
import dev.postrider.testkit.provider.google.oauth.Decision;
import dev.postrider.testkit.provider.google.oauth.GoogleOauth;
import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.google.state.ServiceAccount;
import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.ProviderServer;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Route;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Google for tests: one registered app, accounts as they are asked for, and all routes on one port.
 *
 * <pre>{@code
 * var google = FakeGoogle.start();
 * google.app().redirectsTo("http://127.0.0.1:8080/connect/callback/google/default");
 * google.account("ada@example.com");
 * google.faults().next(GoogleEndpoint.SEND, Fault.acceptThenReset());
 * URI callback = google.consent(authorizeUrl, "ada@example.com");
 * google.accepted().with("X-Attempt", id); // 1
 * }</pre>
 */
public final class FakeGoogle implements AutoCloseable {
    private final GoogleState state;
    private final GoogleApp app;
    private final GoogleOauth oauth;
    private final Gmail gmail;
    private final ProviderServer server;

    private FakeGoogle(SettableClock clock, int port, @Nullable SSLContext tls) throws IOException {
        this.state = GoogleState.at(clock);
        this.app = state.apps().register("Postrider");
        this.oauth = new GoogleOauth(state);
        this.gmail = new Gmail(state, tls == null ? "http://"::concat : "https://"::concat);
        List<Route> routes = new ArrayList<>(oauth.routes());
        routes.addAll(gmail.routes());
        this.server = new ProviderServer(port, tls, routes);
    }

    /** With a clock of its own, on any port, without TLS. */
    public static FakeGoogle start() throws IOException {
        return start(new SettableClock(), 0, null);
    }

    /**
     * @param port 0 for any
     * @param tls null for none
     */
    public static FakeGoogle start(SettableClock clock, int port, @Nullable SSLContext tls)
            throws IOException {
        return new FakeGoogle(clock, port, tls);
    }

    /** Scheme, host and port of all its routes. */
    public String base() {
        return server.base();
    }

    public int port() {
        return server.port();
    }

    public SettableClock clock() {
        return state.clock();
    }

    public Switches<GoogleSwitch> switches() {
        return state.switches();
    }

    public Limits<GoogleLimit> limits() {
        return state.limits();
    }

    public FaultScript faults() {
        return server.faults();
    }

    public CallLog calls() {
        return server.calls();
    }

    /** What was accepted, whatever was answered. */
    public Accepted accepted() {
        return state.accepted();
    }

    public GoogleGrants grants() {
        return state.grants();
    }

    /** The one that is registered from the start. */
    public GoogleApp app() {
        return app;
    }

    public GoogleApp registerApp(String name) {
        return state.apps().register(name);
    }

    /** One that no admin has delegated anything to. */
    public ServiceAccount registerServiceAccount(String name) {
        return state.apps().registerServiceAccount(name);
    }

    /** The account of this address, made when there is none. */
    public GoogleUser account(String email) {
        return state.users().account(email);
    }

    public List<GoogleUser> accounts() {
        return state.users().all();
    }

    public Mailboxes mailboxes() {
        return gmail.mailboxes();
    }

    /** In the order in which they were accepted. */
    public List<StoredMessage> sent(String email) {
        return gmail.mailboxes().sent(account(email));
    }

    /** For faults that shall meet one account only. */
    public Predicate<Request> of(String email) {
        return request ->
                request.bearer()
                        .flatMap(state.grants()::accessToken)
                        .filter(token -> token.grant().user().email().equalsIgnoreCase(email))
                        .isPresent();
    }

    /** For an SMTP server's XOAUTH2: the scope for all mail alone is enough, as at Gmail. */
    public boolean mayLogInBySmtp(String email, String token) {
        return state.grants()
                .accessToken(token)
                .map(GoogleGrants.AccessToken::grant)
                .filter(grant -> grant.scopes().contains(GoogleScope.ALL))
                .filter(grant -> grant.user().email().equalsIgnoreCase(email))
                .isPresent();
    }

    /**
     * Where the browser goes of a user who allows everything.
     *
     * @throws ProviderPage when it stays on a page of Google's
     */
    public URI consent(URI authorize, String email) {
        return oauth.authorize()
                .decide(authorize, asked -> new Decision(email, true, asked, Optional.empty()));
    }

    /**
     * The same, with only these boxes ticked: {@code gmail.send}, or the full name.
     *
     * @throws ProviderPage when it stays on a page of Google's
     */
    public URI consent(URI authorize, String email, Set<String> ticked) {
        var scopes = GoogleScope.canonical(List.copyOf(ticked));
        return oauth.authorize()
                .decide(authorize, ignored -> new Decision(email, true, scopes, Optional.empty()));
    }

    /** What {@link Decision} a test likes. */
    public URI consent(URI authorize, Decision decision) {
        return oauth.authorize().decide(authorize, ignored -> decision);
    }

    public URI deny(URI authorize, String email) {
        return consent(authorize, new Decision(email, false, Set.of(), Optional.empty()));
    }

    /** The next consent comes back with this {@code error}, whatever the user chose. */
    public void answerNextConsentWith(String error) {
        oauth.authorize().answerNextWith(error);
    }

    /** The user removes the app's access on Google's own page. */
    public void removeAccess(String email) {
        state.grants().revoke(account(email), app);
    }

    /** Listens no more until it comes back; what it knows stays. */
    public void goDown() {
        server.goDown();
    }

    public void comeBack() {
        server.comeBack();
    }

    /** For the product's file of providers: {@code {"google":[…],"microsoft":[]}}. */
    public String providersFile() {
        ObjectNode file = Json.object();
        file.putArray("google").add(entry(base()));
        file.putArray("microsoft");
        return file.toString();
    }

    /**
     * An app's part of it.
     *
     * @param base scheme, host and port by which clients reach this: its own, or a link's before it
     */
    public ObjectNode entry(String base) {
        ObjectNode entry =
                Json.object()
                        .put("name", "default")
                        .put("client_id", app.clientId())
                        .put("client_secret", app.clientSecret());
        entry.set("endpoints", endpoints(base));
        return entry;
    }

    /** The part of an app that acts by an admin's leave, for these domains or addresses. */
    public ObjectNode entry(String base, ServiceAccount account, String... allowed) {
        ObjectNode entry =
                Json.object().put("name", "service-account").put("access", "application");
        entry.set("service_account", account.keyFile(base + "/token"));
        entry.set("endpoints", endpoints(base));
        var allow = entry.putArray("allow");
        List.of(allowed).forEach(allow::add);
        return entry;
    }

    private static ObjectNode endpoints(String base) {
        return Json.object()
                .put("authorize", base + "/o/oauth2/v2/auth")
                .put("token", base + "/token")
                .put("revoke", base + "/revoke")
                .put("userinfo", base + "/v1/userinfo")
                .put("api", base);
    }

    @Override
    public void close() {
        server.close();
    }
}
