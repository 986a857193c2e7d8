package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.postrider.audit.AuditLog;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's token endpoint that is somebody else's, broken, or taken over on its way. */
@ExtendWith(TestDatabase.class)
@Timeout(60)
final class HostileProviderTest {
    private static final URI REDIRECT =
            URI.create("https://mail.example.com/console/sign-in/openid/acme");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final Instant now = Instant.now();
    private final InstantSource clock = InstantSource.fixed(now);
    private final Database database;
    private final Vault vault;
    private String settings = "\"create_users\": true";

    HostileProviderTest(Database database) {
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
        provider.holdsBack.countDown();
        provider.close();
    }

    private SignInResult signIn() {
        return signIn("the code");
    }

    private SignInResult signIn(String code) {
        var issuers =
                new Issuers(
                        ParseIssuers.parse(
                                """
                                [{"issuer": "%s", "audience": "postrider", %s,
                                  "sign_in": {"id": "acme", "client_id": "postrider-console"}}]
                                """
                                        .formatted(provider.url(), settings)),
                        clock);
        var begun = new BeginSignIn(issuers, vault, clock).begin("acme", REDIRECT, "/console");
        if (!(begun instanceof BeginSignIn.Begun.Elsewhere(var page, var ticket))) {
            return new SignInResult.NotNow(begun.toString());
        }
        provider.nonce = parameter(page, "nonce");
        var answer =
                new SignInAnswer(
                        Optional.of(parameter(page, "state")),
                        Optional.of(code),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new FinishSignIn(
                        issuers,
                        new ExternalUsers(issuers, database),
                        database,
                        new AuditLog(database),
                        vault,
                        clock)
                .finish("acme", ticket, answer, "198.51.100.7");
    }

    private static String parameter(URI page, String name) {
        return page.getRawQuery().replaceFirst("^(?:.*&)?" + name + "=([^&]*).*$", "$1");
    }

    private void isRefused(String why) {
        assertThat(signIn())
                .isInstanceOfSatisfying(
                        SignInResult.Refused.class,
                        refused -> assertThat(refused.sentence()).contains(why));
    }

    private String signedIn() {
        var result = signIn();
        assertThat(result).isInstanceOf(SignInResult.Done.class);
        return ((SignInResult.Done) result).user().email();
    }

    /** Else the token of any earlier request would do. */
    @Test
    void anIdentityTokenWithoutANonceIsRefused() {
        provider.change = claims -> claims.claim("nonce", null);

        isRefused("nonce is another request's");
    }

    /** RFC 8725, 2.1: by nothing, or a MAC whose secret is the public key. */
    @Test
    void anIdentityTokenThatIsSignedInAnotherWayIsRefused() throws Exception {
        var publicKey = ScriptedProvider.publicKey();
        for (var secret :
                List.of(
                        publicKey.toRSAPublicKey().getEncoded(),
                        publicKey.toJSONString().getBytes(UTF_8))) {
            provider.sign = claims -> mac(claims, secret);
            isRefused("algorithm or signature");
        }
        provider.sign = claims -> provider.signed(claims, JWSAlgorithm.RS512);
        isRefused("algorithm or signature");
        provider.sign = claims -> new PlainJWT(claims).serialize();
        isRefused("algorithm or signature");
        provider.sign = claims -> new PlainJWT(claims).serialize() + "AAAA";
        isRefused("algorithm or signature");
    }

    private static String mac(JWTClaimsSet claims, byte[] secret) {
        var token =
                new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k").build(), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** What lets a program call the API says nothing of who sits at the browser. */
    @Test
    void anAccessTokenIsNoIdentityToken() {
        provider.change = claims -> claims.audience("postrider");

        isRefused("audience");
    }

    @Test
    void clocksMayDifferByHalfAMinute() {
        provider.change =
                claims ->
                        claims.issueTime(Date.from(now.minusSeconds(60)))
                                .expirationTime(Date.from(now.minusSeconds(25)));
        signedIn();
        provider.change = claims -> claims.notBeforeTime(Date.from(now.plusSeconds(25)));
        signedIn();
    }

    @Test
    void andByNoMore() {
        provider.change =
                claims ->
                        claims.issueTime(Date.from(now.minusSeconds(60)))
                                .expirationTime(Date.from(now.minusSeconds(35)));
        isRefused("lifetime");
        provider.change = claims -> claims.notBeforeTime(Date.from(now.plusSeconds(35)));
        isRefused("lifetime");
        provider.change = claims -> claims.expirationTime(null);
        isRefused("lifetime");
    }

    /** Discovery 1.0, 4.3: it would bring its own keys and endpoints. */
    @Test
    void whatAnotherIssuerSaysOfItselfIsNotTaken() {
        provider.name = Optional.of("https://evil.example");

        assertThat(signIn()).isInstanceOf(SignInResult.NotNow.class);
        assertThat(provider.tokenCalls).isEmpty();
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        provider.tokenExtras = ", \"padding\": \"" + "x".repeat(2 << 20) + "\"";

        assertThat(signIn()).isInstanceOf(SignInResult.NotNow.class);
    }

    @Test
    @Timeout(20)
    void aProviderThatNeverAnswersIsNotWaitedFor() {
        provider.holdsBack = new CountDownLatch(1);

        assertThat(signIn()).isInstanceOf(SignInResult.NotNow.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:x", "/token", "http://", "http:///token", "ftp://127.0.0.1/"})
    void anEndpointThatIsNoneIsNotCalled(String endpoint) {
        provider.discoveryExtras = ", \"token_endpoint\": \"" + endpoint + "\"";

        assertThat(signIn()).isInstanceOf(SignInResult.NotNow.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", "null", "\"bob\"", "<html>"})
    void userInformationThatIsNoneIsNotTaken(String answer) {
        provider.change = claims -> claims.claim("email", null);
        provider.userInfo = answer;

        assertThat(signIn()).isInstanceOf(SignInResult.NotNow.class);
    }

    @Test
    void aCodeOfAnyLengthIsNotHandedOn() {
        assertThat(signIn("x".repeat(4_001))).isInstanceOf(SignInResult.Refused.class);
        assertThat(provider.tokenCalls).isEmpty();
    }

    /** What is signed comes before what is said; and who vouches for one address for no other. */
    @Test
    void userInformationChangesNothingThatTheIdentityTokenSays() {
        settings =
                "\"create_users\": true, \"role_claim\": \"groups\", \"roles\": {\"boss\": \"owner\"}";
        provider.userInfo =
                "{\"sub\": \"bob\", \"email\": \"ann@example.org\", \"groups\": [\"staff\"]}";
        assertThat(signedIn()).isEqualTo("bob@example.org");

        settings = "\"link_by_email\": true, \"role_claim\": \"groups\"";
        provider.change = claims -> claims.subject("mallory").claim("email", "ann@example.org");
        provider.userInfo =
                "{\"sub\": \"mallory\", \"email\": \"mallory@example.org\", \"email_verified\": true}";
        isRefused("no user here");
    }
}
