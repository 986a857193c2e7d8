package dev.postrider.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of which only their issuer can tell whom they name (RFC 7662). */
@Timeout(60)
final class OpaqueTokensTest {
    private static final Issuer ACME =
            ParseIssuers.usual("https://login.example.com", "postrider", true);

    @Test
    void anOpaqueTokenIsAskedForAndTheAnswerKeptForSeconds() throws Exception {
        var answer =
                new AtomicReference<>("{\"active\":true,\"sub\":\"ann\",\"aud\":\"postrider\"}");
        var now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
        try (var endpoint = Served.json(_ -> answer.get())) {
            var opaque = new Issuers(List.of(introspected(endpoint)), now::get, Duration.ZERO);
            assertThat(opaque.check("opaque-1")).isInstanceOf(IssuerTokenCheck.Good.class);
            answer.set("{\"active\":false}");
            assertThat(opaque.check("opaque-1")).isInstanceOf(IssuerTokenCheck.Good.class);
            assertThat(endpoint.calls()).hasValue(1);
            now.updateAndGet(time -> time.plus(Introspect.KEPT));
            assertThat(opaque.check("opaque-1")).isEqualTo(new IssuerTokenCheck.Foreign());
            assertThat(endpoint.last().get())
                    .contains("token=opaque-1")
                    .contains("Basic cG9zdHJpZGVyOnMlM0FjcmV0");

            answer.set("{\"active\":true,\"sub\":\"ann\",\"aud\":[\"crm\"]}");
            assertThat(opaque.check("opaque-2")).isInstanceOf(IssuerTokenCheck.Bad.class);
            answer.set(
                    "{\"active\":true,\"sub\":\"ann\",\"iss\":\"https://evil\",\"aud\":\"postrider\"}");
            assertThat(opaque.check("opaque-3")).isEqualTo(new IssuerTokenCheck.Foreign());
            answer.set("{\"active\":true,\"sub\":\"ann\",\"aud\":\"postrider\",\"exp\":1}");
            assertThat(opaque.check("opaque-4")).isEqualTo(new IssuerTokenCheck.Foreign());
        }
    }

    @Test
    void anIntrospectionThatFailsIsUnavailable() throws Exception {
        var endpoint = Served.json(_ -> "{}");
        endpoint.close();
        var opaque =
                new Issuers(List.of(introspected(endpoint)), InstantSource.system(), Duration.ZERO);
        assertThat(opaque.check("opaque")).isInstanceOf(IssuerTokenCheck.Unavailable.class);
    }

    private Issuer introspected(Served endpoint) {
        return new Issuer(
                ACME.name(),
                ACME.audience(),
                ACME.algorithms(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Issuer.Introspection(
                                Optional.of(endpoint.url()), "postrider", "s:cret")),
                Optional.empty(),
                ACME.admission());
    }
}
