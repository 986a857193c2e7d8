package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.audit.AuditLog;
import dev.postrider.identity.Role;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets in by a provider's sign-in page, and by what nobody does. */
@ExtendWith(TestDatabase.class)
final class SignInTest {
    private static final URI REDIRECT =
            URI.create("https://mail.example.com/console/sign-in/openid/acme");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(later.get());
    private final Database database;
    private final Vault vault;
    private String settings = "\"create_users\": true";
    private String signIn = "\"client_secret\": \"s e/cret\"";
    private Issuers issuers = new Issuers(List.of(), clock);

    SignInTest(Database database) {
        this.database = database;
        this.vault = TestVault.of(database);
    }

    @BeforeEach
    void oneOwner() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of("ann@example.org"), Optional.of("correct horse"));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    /** A browser that is at the provider. */
    private record Visit(String ticket, Map<String, String> asked) {
        String state() {
            return Objects.requireNonNull(asked.get("state"));
        }
    }

    private void configure() {
        issuers =
                new Issuers(
                        ParseIssuers.parse(
                                """
                                [{"issuer": "%1$s", "audience": "postrider", %2$s,
                                  "sign_in": {"id": "acme", "label": "Acme", "client_id": "postrider-console", %3$s}},
                                 {"issuer": "https://other.example", "audience": "postrider",
                                  "jwks_uri": "https://other.example/keys",
                                  "sign_in": {"id": "other", "client_id": "x"}}]
                                """
                                        .formatted(provider.url(), settings, signIn)),
                        clock);
    }

    private Visit begin() {
        configure();
        return visit();
    }

    private Visit visit() {
        var begun =
                new BeginSignIn(issuers, vault, clock)
                        .begin("acme", REDIRECT, "/console/emails?a=b");
        assertThat(begun).isInstanceOf(BeginSignIn.Begun.Elsewhere.class);
        var elsewhere = (BeginSignIn.Begun.Elsewhere) begun;
        var asked = query(elsewhere.page());
        provider.nonce = Objects.requireNonNull(asked.get("nonce"));
        return new Visit(elsewhere.ticket(), asked);
    }

    private static Map<String, String> query(URI page) {
        var query = new HashMap<String, String>();
        for (var field : page.getRawQuery().split("&", -1)) {
            var parts = field.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return query;
    }

    private SignInResult finish(Visit visit) {
        return finish("acme", visit.ticket(), answer(visit.state(), "the code"));
    }

    private SignInResult finish(String id, String ticket, SignInAnswer answer) {
        return new FinishSignIn(
                        issuers,
                        new ExternalUsers(issuers, database),
                        database,
                        new AuditLog(database),
                        vault,
                        clock)
                .finish(id, ticket, answer, "198.51.100.7");
    }

    private static SignInAnswer answer(String state, String code) {
        return new SignInAnswer(
                Optional.of(state),
                Optional.of(code),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SignInAnswer from(String state, String iss) {
        return new SignInAnswer(
                Optional.of(state),
                Optional.of("the code"),
                Optional.of(iss),
                Optional.empty(),
                Optional.empty());
    }

    private static String refused(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.Refused.class);
        return ((SignInResult.Refused) result).sentence();
    }

    private static String notNow(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.NotNow.class);
        return ((SignInResult.NotNow) result).sentence();
    }

    private static SignInResult.Done done(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.Done.class);
        return (SignInResult.Done) result;
    }

    @Test
    void whoComesBackWithACodeIsSignedIn() throws Exception {
        var visit = begin();

        var done = done(finish(visit));

        assertThat(done.user().email()).isEqualTo("bob@example.org");
        assertThat(done.user().role()).isEqualTo(Role.MEMBER);
        assertThat(done.issuerId()).isEqualTo("acme");
        assertThat(done.next()).isEqualTo("/console/emails?a=b");
        assertThat(visit.asked())
                .containsEntry("tenant", "1")
                .containsEntry("client_id", "postrider-console")
                .containsEntry("response_type", "code")
                .containsEntry("response_mode", "query")
                .containsEntry("redirect_uri", REDIRECT.toString())
                .containsEntry("scope", "openid email profile")
                .containsEntry("code_challenge_method", "S256");
        var call = provider.tokenCalls.getFirst();
        assertThat(call)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "the code")
                .containsEntry("redirect_uri", REDIRECT.toString());
        var verifier = Objects.requireNonNull(call.get("code_verifier"));
        assertThat(verifier).hasSizeBetween(43, 128);
        assertThat(visit.asked().get("code_challenge"))
                .isEqualTo(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(verifier.getBytes(US_ASCII))));
    }

    @Test
    void theSecretIsSentAsTheProviderWantsIt() {
        done(finish(begin()));
        var basic = Objects.requireNonNull(provider.tokenCalls.get(0).get("Authorization"));
        assertThat(new String(Base64.getDecoder().decode(basic.substring(6)), UTF_8))
                .isEqualTo("postrider-console:s%20e%2Fcret");
        assertThat(provider.tokenCalls.get(0)).doesNotContainKey("client_secret");

        provider.discoveryExtras =
                ", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]";
        done(finish(begin()));
        assertThat(provider.tokenCalls.get(1))
                .containsEntry("Authorization", "")
                .containsEntry("client_id", "postrider-console")
                .containsEntry("client_secret", "s e/cret");

        signIn = "\"scopes\": []";
        var visit = begin();
        done(finish(visit));
        assertThat(visit.asked()).containsEntry("scope", "openid");
        assertThat(provider.tokenCalls.get(2))
                .containsEntry("client_id", "postrider-console")
                .doesNotContainKey("client_secret");
    }

    /** RFC 6749, 10.12: or an attacker's answer would sign a victim in as the attacker. */
    @Test
    void anotherBrowsersAnswerIsNotTaken() {
        var mine = begin();
        var theirs = visit();

        for (var ticket : List.of(theirs.ticket(), "", "nonsense", "A".repeat(5_000))) {
            assertThat(refused(finish("acme", ticket, answer(mine.state(), "the code"))))
                    .contains("Begin again");
        }
        assertThat(refused(finish("acme", mine.ticket(), answer("", "the code"))))
                .contains("Begin again");
        assertThat(refused(finish("acme", mine.ticket(), answer(theirs.state(), "the code"))))
                .contains("Begin again");
        assertThat(provider.tokenCalls).isEmpty();
        provider.nonce = Objects.requireNonNull(mine.asked().get("nonce"));
        done(finish(mine));
    }

    @Test
    void aTicketIsGoodForTenMinutes() {
        var visit = begin();
        later.set(Duration.ofMinutes(10));

        assertThat(refused(finish(visit))).contains("more than ten minutes ago");
        assertThat(provider.tokenCalls).isEmpty();
    }

    @Test
    void anAnswerIsTakenOnceHoweverManyComeAtOnce() throws Exception {
        var visit = begin();

        var results = new ArrayList<>(Parallel.times(8, () -> finish(visit)));

        results.removeIf(SignInResult.Refused.class::isInstance);
        assertThat(results).hasSize(1);
        done(results.getFirst());
        assertThat(provider.tokenCalls).hasSize(1);
        assertThat(refused(finish(visit))).contains("Begin again");
    }

    /** RFC 9207 and RFC 9700, 4.4: a code goes to nobody but whom its browser was sent to. */
    @Test
    void anAnswerOfAnotherProviderIsNotTaken() {
        var visit = begin();
        assertThat(refused(finish("other", visit.ticket(), answer(visit.state(), "the code"))))
                .contains("Begin again");
        assertThat(
                        refused(
                                finish(
                                        "acme",
                                        visit.ticket(),
                                        from(visit.state(), "https://other.example"))))
                .contains("another provider");
        assertThat(provider.tokenCalls).isEmpty();

        var again = visit();
        done(finish("acme", again.ticket(), from(again.state(), provider.url())));
    }

    @Test
    void aProviderThatSaysWhoItIsAlwaysDoes() {
        provider.discoveryExtras = ", \"authorization_response_iss_parameter_supported\": true";

        assertThat(refused(finish(begin()))).contains("another provider");
        var again = visit();
        done(finish("acme", again.ticket(), from(again.state(), provider.url())));
    }

    @Test
    void anIdentityTokenOfAnotherRequestIsRefused() {
        var visit = begin();
        provider.nonce = "another";

        assertThat(refused(finish(visit))).contains("nonce is another request's");
    }

    @Test
    void anIdentityTokenThatIsNotForThisProgramNowIsRefused() {
        provider.change = claims -> claims.audience("another");
        assertThat(refused(finish(begin()))).contains("audience");
        provider.change = claims -> claims.audience(List.of(ScriptedProvider.CLIENT, "another"));
        assertThat(refused(finish(visit()))).contains("another client");
        provider.change = claims -> claims.claim("azp", "another");
        assertThat(refused(finish(visit()))).contains("another client");
        provider.change = claims -> claims.issuer("https://other.example");
        assertThat(refused(finish(visit()))).contains("issuer");
        provider.change = claims -> claims.expirationTime(java.util.Date.from(Instant.EPOCH));
        assertThat(refused(finish(visit()))).contains("lifetime");
        provider.change = claims -> claims.subject(null);
        refused(finish(visit()));
        provider.change =
                claims ->
                        claims.audience(List.of(ScriptedProvider.CLIENT, "another"))
                                .claim("azp", ScriptedProvider.CLIENT);
        done(finish(visit()));
    }

    @Test
    void anIdentityTokenThatTheProviderHasNotSignedIsRefused() {
        provider.signer = ScriptedProvider.STRANGER;

        assertThat(refused(finish(begin()))).contains("signature");
    }

    @Test
    void whatTheIdentityTokenDoesNotSayTheProviderIsAsked() {
        provider.change = claims -> claims.claim("email", null);
        provider.userInfo = "{\"sub\": \"bob\", \"email\": \"robert@example.org\"}";
        assertThat(done(finish(begin())).user().email()).isEqualTo("robert@example.org");

        provider.change = claims -> claims.claim("email", null).subject("carol");
        assertThat(refused(finish(visit()))).contains("somebody else's");
    }

    @Test
    void whatTheProviderSaysInsteadOfACodeIsToldInPlainText() {
        var visit = begin();
        var denied =
                new SignInAnswer(
                        Optional.of(visit.state()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("access_denied"),
                        Optional.of("not\r\nyou " + "x".repeat(500)));

        var sentence = refused(finish("acme", visit.ticket(), denied));

        assertThat(sentence).startsWith("Acme did not sign you in (access_denied: not you xxx");
        assertThat(sentence).hasSizeLessThan(300).doesNotContain("\n");
        assertThat(provider.tokenCalls).isEmpty();
    }

    @Test
    void aCodeThatIsRefusedIsNoSignIn() {
        provider.tokenStatus = 400;
        provider.tokenError = "{\"error\": \"invalid_grant\"}";

        assertThat(refused(finish(begin()))).contains("used before or has expired");
    }

    @Test
    void whatTheOperatorHasToMendIsSaid() {
        provider.tokenStatus = 401;
        provider.tokenError = "{\"error\": \"invalid_client\"}";

        assertThat(notNow(finish(begin()))).contains("invalid_client").contains("operator");
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() {
        provider.tokenStatus = 503;
        provider.tokenError = "<html>away</html>";
        assertThat(notNow(finish(begin()))).contains("Acme does not answer");

        configure();
        provider.close();
        assertThat(
                        new BeginSignIn(issuers, vault, clock)
                                .begin("acme", REDIRECT, "/console/emails?a=b"))
                .isInstanceOf(BeginSignIn.Begun.NotNow.class);
        assertThat(new BeginSignIn(issuers, vault, clock).begin("nobody", REDIRECT, "/console"))
                .isInstanceOf(BeginSignIn.Begun.NoSuchProvider.class);
    }

    @Test
    void whoIsNoUserIsTurnedAwayUnlessTheOperatorLetsThemIn() {
        settings = "\"create_users\": false";
        assertThat(refused(finish(begin()))).contains("no user here").contains("Ask an admin");

        settings = "\"create_users\": true, \"workspace_claim\": \"org\"";
        assertThat(refused(finish(begin()))).contains("no user here");
        provider.change = claims -> claims.claim("org", "Globex");
        assertThat(done(finish(visit())).user().role()).isEqualTo(Role.OWNER);
        provider.change = claims -> claims.claim("org", "Initech");
        assertThat(refused(finish(visit()))).contains("don't belong");
    }

    @Test
    void anAddressAloneIsNobody() {
        provider.change = claims -> claims.claim("email", "ann@example.org");
        assertThat(refused(finish(begin()))).contains("no user here");
    }

    @Test
    void whoIsDeactivatedIsTurnedAwayAndThatIsAudited() {
        done(finish(begin()));
        database.read(handle ->
                handle.execute(
                        "update user_account set deactivated_at = now() where email like 'bob@%'"));

        assertThat(refused(finish(visit()))).contains("deactivated");
        var entry =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        select action || ' ' || actor || ' ' || address || ' ' || outcome
                                        from audit_entry
                                        where workspace_id = :workspace
                                        order by id desc
                                        limit 1
                                        """)
                                .bind("workspace", FirstUser.FIRST_WORKSPACE)
                                .mapTo(String.class)
                                .one());
        assertThat(entry).isEqualTo("session.refused bob@example.org 198.51.100.7 refused");
    }

    @Test
    void signingOutLeadsToTheProviderWhereItHasAPageForThat() {
        configure();
        var end = URI.create("https://mail.example.com/console/sign-in");
        assertThat(new BeginSignIn(issuers, vault, clock).endPage("acme", end)).isEmpty();

        provider.discoveryExtras =
                ", \"end_session_endpoint\": \"%s/end\"".formatted(provider.url());
        configure();
        var page = new BeginSignIn(issuers, vault, clock).endPage("acme", end).orElseThrow();
        assertThat(page.toString()).startsWith(provider.url() + "/end?");
        assertThat(query(page))
                .containsEntry("client_id", "postrider-console")
                .containsEntry("post_logout_redirect_uri", end.toString());
    }

    @Test
    void theChoicesAreNamedAndNothingPrintsSecrets() {
        var visit = begin();

        assertThat(issuers.signIns())
                .containsExactly(
                        new Issuers.Choice("acme", "Acme"),
                        new Issuers.Choice("other", "other.example"));
        var printed =
                ParseIssuers.usualSignIn(
                                provider.url(), "id", Optional.of("s e/cret"), Optional.empty())
                        .toString();
        assertThat(printed).doesNotContain("s e/cret");
        assertThat(answer(visit.state(), "the code").toString())
                .doesNotContain("the code")
                .doesNotContain(visit.state());
        assertThat(
                        SignInTicket.open(vault, visit.ticket(), clock.instant())
                                .orElseThrow()
                                .toString())
                .isEqualTo("SignInTicket[issuerId=acme]");
    }
}
