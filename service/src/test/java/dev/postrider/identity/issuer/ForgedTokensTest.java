package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that only look like those of a real provider, started here. */
@Timeout(60)
final class ForgedTokensTest {
    private final Provider provider = new Provider();
    private final Issuers issuers =
            new Issuers(List.of(provider.acme()), InstantSource.system(), Duration.ZERO);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void anExpiredOneIsRefusedAndSaidToBe() {
        assertThat(bad(provider.token("acme", "ann", Provider.AUDIENCE, -60, Map.of())))
                .contains("has expired");
    }

    @Test
    void oneThatIsNotValidYetIsRefused() {
        assertRefused(provider.signed(claims -> claims.notBeforeTime(Provider.in(600))));
        assertThat(issuers.check(provider.signed(claims -> claims.notBeforeTime(Provider.in(-1)))))
                .isInstanceOf(IssuerTokenCheck.Good.class);
    }

    @Test
    void oneWithoutEndOrSubjectIsRefused() {
        assertRefused(provider.signed(claims -> claims.expirationTime(null)));
        assertRefused(provider.signed(claims -> claims.subject(null)));
    }

    @Test
    void oneForAnotherAudienceIsRefused() {
        assertRefused(provider.token("acme", "ann", "crm", 3_600, Map.of()));
        assertRefused(provider.signed(claims -> claims.audience((String) null)));
    }

    @Test
    void oneOfAnotherIssuerIsForeign() {
        assertThat(issuers.check(provider.token("evil", "ann", Provider.AUDIENCE, 3_600, Map.of())))
                .isEqualTo(new IssuerTokenCheck.Foreign());
    }

    /** The same provider signs for another tenant, and names ours. */
    @Test
    void oneThatSaysAnothersNameIsRefused() throws Exception {
        var other = new RSAKeyGenerator(2048).keyID("acme").generate();
        assertRefused(provider.signed(other, "acme", _ -> {}));
    }

    @Test
    void oneWithoutSignatureIsRefused() {
        var none = new PlainJWT(provider.claims("acme").build()).serialize();
        assertRefused(none);
        assertRefused(none + "AAAA");
    }

    /** RFC 8725, 2.1: the public key, which everybody has, as the secret of a MAC. */
    @Test
    void oneWhoseMacIsMadeWithThePublicKeyIsRefused() throws Exception {
        var key = provider.publicKey();
        for (var secret :
                List.of(
                        key.toRSAKey().toRSAPublicKey().getEncoded(),
                        key.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
            var token = new SignedJWT(header, provider.claims("acme").build());
            token.sign(new MACSigner(secret));
            assertRefused(token.serialize());
        }
    }

    @Test
    void oneOfAnUnknownKeyIsRefused() throws Exception {
        var stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        assertRefused(provider.signed(stranger, "acme", _ -> {}));
    }

    @Test
    void oneThatWasChangedIsRefused() {
        var token = provider.token("acme", "ann", Provider.AUDIENCE, 3_600, Map.of());
        var parts = token.split("\\.", -1);
        assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
        assertThat(issuers.check("a.b.c")).isEqualTo(new IssuerTokenCheck.Foreign());
        assertThat(issuers.check("opaque")).isEqualTo(new IssuerTokenCheck.Foreign());
    }

    private String bad(String token) {
        return ((IssuerTokenCheck.Bad) issuers.check(token)).reason();
    }

    private void assertRefused(String token) {
        assertThat(issuers.check(token)).isInstanceOf(IssuerTokenCheck.Bad.class);
    }
}
