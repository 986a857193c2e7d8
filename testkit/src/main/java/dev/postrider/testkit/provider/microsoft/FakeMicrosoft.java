package dev.postrider.testkit.provider.microsoft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.Switches;
import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.ProviderServer;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Route;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.graph.Graph;
import dev.postrider.testkit.provider.microsoft.graph.Mailboxes;
import dev.postrider.testkit.provider.microsoft.oauth.MicrosoftOauth;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft for tests: one registered app that all accounts may use, accounts as they are asked
 * for, each in its domain's tenant.
 *
 * <pre>{@code
 * var microsoft = FakeMicrosoft.start();
 * microsoft.app().redirectsTo("http://127.0.0.1:8080/connect/callback/microsoft/default");
 * microsoft.account("ada@example.com");
 * URI callback = microsoft.consent(authorizeUrl, "ada@example.com");
 * microsoft.accepted().of("ada@example.com"); // 1
 * }</pre>
 */
public final class FakeMicrosoft implements AutoCloseable {
    private final MicrosoftState state;
    private final MicrosoftApp app;
    private final MicrosoftOauth oauth;
    private final Graph graph;
    private final ProviderServer server;

    /** For large files, as the real one is another host. */
    private final ProviderServer uploads;

    private FakeMicrosoft(SettableClock clock, int port, @Nullable SSLContext tls)
            throws IOException {
        this.state = MicrosoftState.at(clock);
        this.app = state.apps().register("Postrider");
        this.oauth = new MicrosoftOauth(state);
        this.graph = new Graph(state, this::uploadBase);
        List<Route> routes = new ArrayList<>(graph.routes());
        routes.addAll(oauth.routes());
        this.server = new ProviderServer(port, tls, routes);
        this.uploads = server.beside(graph.uploads().routes());
    }

    /** With a clock of its own, on any port, without TLS. */
    public static FakeMicrosoft start() throws IOException {
        return start(new SettableClock(), 0, null);
    }

    /**
     * @param port 0 for any
     * @param tls null for none
     */
    public static FakeMicrosoft start(SettableClock clock, int port, @Nullable SSLContext tls)
            throws IOException {
        return new FakeMicrosoft(clock, port, tls);
    }

    /** Scheme, host and port of its routes. */
    public String base() {
        return server.base();
    }

    /** The same of the server for large files. */
    public String uploadBase() {
        return uploads.base();
    }

    public int port() {
        return server.port();
    }

    public SettableClock clock() {
        return state.clock();
    }

    public Switches<MicrosoftSwitch> switches() {
        return state.switches();
    }

    public Limits<MicrosoftLimit> limits() {
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

    public MicrosoftGrants grants() {
        return state.grants();
    }

    /** The one that is registered from the start. */
    public MicrosoftApp app() {
        return app;
    }

    /**
     * Registers a certificate with the app, which it may use instead of its secret.
     *
     * @return PEM: the private key, then the certificate
     */
    public String addCertificate() {
        String pem =
                PrivateAuthority.create().clientPem("postrider.test", SigningKey.another().keys());
        try {
            var octets =
                    pem.substring(pem.indexOf("-----BEGIN CERTIFICATE"))
                            .getBytes(StandardCharsets.US_ASCII);
            app.trusts(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(octets)));
            return pem;
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate can't be read", e);
        }
    }

    public MicrosoftApp registerApp(String name) {
        return state.apps().register(name);
    }

    /** The account of this address, made when there is none. */
    public MicrosoftUser account(String email) {
        return state.users().account(email);
    }

    public List<MicrosoftUser> accounts() {
        return state.users().all();
    }

    /** That of a domain, made when there is none. */
    public MicrosoftTenant tenant(String domain) {
        return state.users().tenant(domain);
    }

    public Mailboxes mailboxes() {
        return graph.mailboxes();
    }

    /** In the order in which they were accepted. */
    public List<StoredMessage> sent(String email) {
        return graph.mailboxes().sent(account(email));
    }

    /** For faults that shall meet one account only. */
    public Predicate<Request> of(String email) {
        return request ->
                request.bearer()
                        .flatMap(state.grants()::accessToken)
                        .flatMap(MicrosoftGrants.AccessToken::user)
                        .filter(user -> user.isCalled(email))
                        .isPresent();
    }

    /** For an SMTP server's XOAUTH2: Graph's tokens are no good there. */
    public boolean mayLogInBySmtp(String email, String token) {
        return state.grants()
                .accessToken(token)
                .filter(each -> each.resource().equals(MicrosoftScope.OUTLOOK))
                .filter(each -> each.scopes().contains("SMTP.Send"))
                .flatMap(MicrosoftGrants.AccessToken::user)
                .filter(user -> user.isCalled(email))
                .isPresent();
    }

    /**
     * Where the browser goes of a user who accepts.
     *
     * @throws ProviderPage when it stays on a page of Microsoft's: {@code AADSTS50011}, {@code
     *     need_admin_approval}
     */
    public URI consent(URI authorize, String email) {
        return oauth.authorize().decide(authorize, email, true);
    }

    public URI deny(URI authorize, String email) {
        return oauth.authorize().decide(authorize, email, false);
    }

    /** The next consent comes back with this {@code error}, whatever the user chose. */
    public void answerNextConsentWith(String error) {
        oauth.authorize().answerNextWith(error);
    }

    /** Listens no more until it comes back; what it knows stays. */
    public void goDown() {
        server.goDown();
        uploads.goDown();
    }

    public void comeBack() {
        server.comeBack();
        uploads.comeBack();
    }

    /** For the product's file of providers: {@code {"google":[],"microsoft":[…]}}. */
    public String providersFile() {
        ObjectNode file = Json.object();
        file.putArray("google");
        file.putArray("microsoft").add(entry(base(), "common"));
        return file.toString();
    }

    /**
     * An app's part of it, with its secret.
     *
     * @param base scheme, host and port by which clients reach this: its own, or a link's before it
     */
    public ObjectNode entry(String base, String tenant) {
        ObjectNode entry =
                Json.object()
                        .put("name", "default")
                        .put("client_id", app.clientId())
                        .put("client_secret", app.clientSecret())
                        .put("tenant", tenant);
        entry.putObject("endpoints")
                .put("authorize", base + "/{tenant}/oauth2/v2.0/authorize")
                .put("token", base + "/{tenant}/oauth2/v2.0/token")
                .put("userinfo", base + "/v1.0/me")
                .put("api", base)
                .putArray("uploads")
                .add(uploadBase());
        return entry;
    }

    @Override
    public void close() {
        server.close();
        uploads.close();
    }
}
