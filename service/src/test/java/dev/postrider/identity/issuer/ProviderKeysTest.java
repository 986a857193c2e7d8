package dev.postrider.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider replaces its keys, is asked for made-up ones, or goes away. */
@Timeout(60)
final class ProviderKeysTest {
    private final Provider provider = new Provider();
    private final Issuers issuers =
            new Issuers(List.of(provider.acme()), InstantSource.system(), Duration.ZERO);

    @AfterEach
    void stop() {
        provider.close();
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
            assertThat(rolling.check(provider.signed(old, "acme", _ -> {})))
                    .isInstanceOf(IssuerTokenCheck.Good.class);
            published.set(next);
            assertThat(rolling.check(provider.signed(next, "acme", _ -> {})))
                    .isInstanceOf(IssuerTokenCheck.Good.class);
            assertThat(rolling.check(provider.signed(old, "acme", _ -> {})))
                    .isInstanceOf(IssuerTokenCheck.Bad.class);
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
                var stranger = new RSAKey.Builder(key).keyID("stranger" + i).build();
                assertThat(calm.check(provider.signed(stranger, "acme", _ -> {})))
                        .isInstanceOf(IssuerTokenCheck.Bad.class);
            }
            assertThat(keys.calls()).hasValue(1);
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerIsUnavailableRatherThanTheTokenBad() {
        var token = provider.token("acme", "ann", Provider.AUDIENCE, 3_600, Map.of());
        provider.close();
        assertThat(issuers.check(token)).isInstanceOf(IssuerTokenCheck.Unavailable.class);
    }

    private Issuer withKeys(Served keys) {
        return new Issuer(
                provider.acme().name(),
                provider.acme().audience(),
                provider.acme().algorithms(),
                Optional.empty(),
                Optional.of(keys.url()),
                Optional.empty(),
                Optional.empty(),
                provider.acme().admission());
    }
}
