package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of a real provider, started here, and those that only look like them. */
@Timeout(60)
final class IssuersTest {
    private static final String AUDIENCE = "postrider";

    private final MockOAuth2Server provider = new MockOAuth2Server();
    private Issuer acme;
    private Issuers issuers;

    @BeforeEach
    void start() throws IOException {
        provider.start();
        acme = ReadIssuers.usual(url("acme"), AUDIENCE, true);
        issuers = new Issuers(List.of(acme), InstantSource.system(), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        provider.shutdown();
    }

    @Test
    void aGenuineTokenNamesItsSubject() {
        var token = token("acme", "ann", AUDIENCE, 3_600, Map.of("email", "ann@example.org"));
        assertThat(issuers.check(token))
                .isEqualTo(
                        new Verdict.Good(
                                new Subject(
                                        acme,
                                        "ann",
                                        Optional.of("ann@example.org"),
                                        false,
                                        Optional.empty(),
                                        Set.of())));
    }

    @Test
    void anExpiredOneIsRefusedAndSaidToBe() {
        assertThat(bad(token("acme", "ann", AUDIENCE, -60, Map.of()))).contains("has expired");
    }

    @Test
    void oneThatIsNotValidYetIsRefused() {
        assertRefused(signed(claims -> claims.notBeforeTime(in(600))));
        assertThat(issuers.check(signed(claims -> claims.notBeforeTime(in(-1)))))
                .isInstanceOf(Verdict.Good.class);
    }

    @Test
    void oneWithoutEndOrSubjectIsRefused() {
        assertRefused(signed(claims -> claims.expirationTime(null)));
        assertRefused(signed(claims -> claims.subject(null)));
    }

    @Test
    void oneForAnotherAudienceIsRefused() {
        assertRefused(token("acme", "ann", "crm", 3_600, Map.of()));
        assertRefused(signed(claims -> claims.audience((String) null)));
    }

    @Test
    void oneOfAnotherIssuerIsForeign() {
        assertThat(issuers.check(token("evil", "ann", AUDIENCE, 3_600, Map.of())))
                .isEqualTo(new Verdict.Foreign());
    }

    /** The same provider signs for another tenant, and names ours. */
    @Test
    void oneThatSaysAnothersNameIsRefused() throws Exception {
        var other = new RSAKeyGenerator(2048).keyID("acme").generate();
        assertRefused(signed(other, "acme", _ -> {}));
    }

    @Test
    void oneWithoutSignatureIsRefused() {
        var none = new PlainJWT(claims("acme").build()).serialize();
        assertRefused(none);
        assertRefused(none + "AAAA");
    }

    /** RFC 8725, 2.1: the public key, which everybody has, as the secret of a MAC. */
    @Test
    void oneWhoseMacIsMadeWithThePublicKeyIsRefused() throws Exception {
        var key = provider.getConfig().getTokenProvider().publicJwkSet("acme").getKeys().getFirst();
        for (var secret :
                List.of(
                        key.toRSAKey().toRSAPublicKey().getEncoded(),
                        key.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
            var token = new SignedJWT(header, claims("acme").build());
            token.sign(new MACSigner(secret));
            assertRefused(token.serialize());
        }
    }

    @Test
    void oneOfAnUnknownKeyIsRefused() throws Exception {
        var stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        assertRefused(signed(stranger, "acme", _ -> {}));
    }

    @Test
    void oneThatWasChangedIsRefused() {
        var token = token("acme", "ann", AUDIENCE, 3_600, Map.of());
        var parts = token.split("\\.", -1);
        assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
        assertThat(issuers.check("a.b.c")).isEqualTo(new Verdict.Foreign());
        assertThat(issuers.check("opaque")).isEqualTo(new Verdict.Foreign());
    }

    @Test
    void severalIssuersStandSideBySideAndDoNotSignForEachOther() {
        var globex = ReadIssuers.usual(url("globex"), AUDIENCE, true);
        var both = new Issuers(List.of(acme, globex), InstantSource.system(), Duration.ZERO);
        assertThat(both.check(token("globex", "bob", AUDIENCE, 60, Map.of())))
                .isInstanceOfSatisfying(
                        Verdict.Good.class,
                        good -> assertThat(good.subject().issuer()).isEqualTo(globex));
        assertThat(both.check(token("acme", "ann", AUDIENCE, 60, Map.of())))
                .isInstanceOf(Verdict.Good.class);
    }

    @Test
    void aNewKeyIsFetchedWhenItIsFirstUsed() throws Exception {
        var old = new RSAKeyGenerator(2048).keyID("old").generate();
        var next = new RSAKeyGenerator(2048).keyID("next").generate();
        var published = new AtomicReference<>(old);
        try (var keys =
                Served.json(_ ->
                        "{\"keys\":[%s]}"
                                .formatted(published.get().toPublicJWK().toJSONString()))) {
            var rolling =
                    new Issuers(List.of(withKeys(keys)), InstantSource.system(), Duration.ZERO);
            assertThat(rolling.check(signed(old, "acme", _ -> {})))
                    .isInstanceOf(Verdict.Good.class);
            published.set(next);
            assertThat(rolling.check(signed(next, "acme", _ -> {})))
                    .isInstanceOf(Verdict.Good.class);
            assertThat(rolling.check(signed(old, "acme", _ -> {}))).isInstanceOf(Verdict.Bad.class);
        }
    }

    @Test
    void madeUpKeysDoNotBecomeCalls() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("known").generate();
        try (var keys =
                Served.json(_ -> "{\"keys\":[%s]}".formatted(key.toPublicJWK().toJSONString()))) {
            var calm =
                    new Issuers(
                            List.of(withKeys(keys)), InstantSource.system(), Duration.ofHours(1));
            for (var i = 0; i < 5; i++) {
                var stranger = new RSAKeyGenerator(2048).keyID("stranger" + i).generate();
                assertThat(calm.check(signed(stranger, "acme", _ -> {})))
                        .isInstanceOf(Verdict.Bad.class);
            }
            assertThat(keys.calls()).hasValue(1);
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerIsUnavailableRatherThanTheTokenBad() {
        var token = token("acme", "ann", AUDIENCE, 3_600, Map.of());
        provider.shutdown();
        assertThat(issuers.check(token)).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void aClaimNamesWorkspaceAndRolesInAnyUsualShape() {
        var issuer =
                ReadIssuers.parse(
                                """
                                [{"issuer": "%s", "audience": "postrider", "workspace_claim": "org",
                                  "role_claim": "realm_access.roles", "roles": {"boss": "owner"}}]
                                """
                                        .formatted(url("acme")))
                        .getFirst();
        var own = new Issuers(List.of(issuer), InstantSource.system(), Duration.ZERO);
        var verdict =
                own.check(
                        token(
                                "acme",
                                "ann",
                                AUDIENCE,
                                60,
                                Map.of(
                                        "org",
                                        "Acme",
                                        "email_verified",
                                        true,
                                        "realm_access",
                                        Map.of("roles", List.of("boss", "x")))));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Good.class,
                        good -> {
                            assertThat(good.subject().workspace()).contains("Acme");
                            assertThat(good.subject().roles())
                                    .containsExactlyInAnyOrder("boss", "x");
                            assertThat(good.subject().emailIsVerified()).isTrue();
                        });
    }

    private String url(String name) {
        return provider.issuerUrl(name).toString();
    }

    private String token(
            String issuer,
            String subject,
            String audience,
            long expiry,
            Map<String, Object> claims) {
        return provider.issueToken(
                        issuer,
                        subject,
                        new DefaultOAuth2TokenCallback(
                                issuer, subject, "JWT", List.of(audience), claims, expiry))
                .serialize();
    }

    private JWTClaimsSet.Builder claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(url(issuer))
                .subject("ann")
                .audience(AUDIENCE)
                .expirationTime(in(600));
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    /** Signed by the provider's own key, with claims that it wouldn't give. */
    private String signed(Consumer<JWTClaimsSet.Builder> change) {
        var claims = claims("acme");
        change.accept(claims);
        return provider.getConfig()
                .getTokenProvider()
                .jwt(claims.build().getClaims(), Duration.ofHours(1), "acme")
                .serialize();
    }

    private String signed(RSAKey key, String issuer, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        var claims = claims(issuer);
        change.accept(claims);
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build();
        var token = new SignedJWT(header, claims.build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private String bad(String token) {
        return ((Verdict.Bad) issuers.check(token)).reason();
    }

    private void assertRefused(String token) {
        assertThat(issuers.check(token)).isInstanceOf(Verdict.Bad.class);
    }

    private Issuer withKeys(Served keys) {
        return new Issuer(
                acme.name(),
                acme.audience(),
                acme.algorithms(),
                Optional.empty(),
                Optional.of(keys.url()),
                Optional.empty(),
                acme.admission());
    }
}
