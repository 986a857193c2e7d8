package dev.postrider.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of a real provider, started here. */
@Timeout(60)
final class IssuersTest {
    private final Provider provider = new Provider();
    private final Issuers issuers =
            new Issuers(List.of(provider.acme()), InstantSource.system(), Duration.ZERO);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aGenuineTokenNamesItsSubject() {
        var token =
                provider.token(
                        "acme",
                        "ann",
                        Provider.AUDIENCE,
                        3_600,
                        Map.of("email", "ann@example.org"));
        assertThat(issuers.check(token))
                .isEqualTo(
                        new IssuerTokenCheck.Good(
                                new Subject(
                                        provider.acme(),
                                        "ann",
                                        Optional.of("ann@example.org"),
                                        false,
                                        Optional.empty(),
                                        Set.of())));
    }

    @Test
    void severalIssuersStandSideBySideAndDoNotSignForEachOther() {
        var globex = ParseIssuers.usual(provider.url("globex"), Provider.AUDIENCE, true);
        var both =
                new Issuers(
                        List.of(provider.acme(), globex), InstantSource.system(), Duration.ZERO);
        assertThat(both.check(provider.token("globex", "bob", Provider.AUDIENCE, 60, Map.of())))
                .isInstanceOfSatisfying(
                        IssuerTokenCheck.Good.class,
                        good -> assertThat(good.subject().issuer()).isEqualTo(globex));
        assertThat(both.check(provider.token("acme", "ann", Provider.AUDIENCE, 60, Map.of())))
                .isInstanceOf(IssuerTokenCheck.Good.class);
    }

    @Test
    void aClaimNamesWorkspaceAndRolesInAnyUsualShape() {
        var issuer =
                ParseIssuers.parse(
                                """
                                [{"issuer": "%s", "audience": "postrider", "workspace_claim": "org",
                                  "role_claim": "realm_access.roles", "roles": {"boss": "owner"}}]
                                """
                                        .formatted(provider.url("acme")))
                        .getFirst();
        var own = new Issuers(List.of(issuer), InstantSource.system(), Duration.ZERO);
        var verdict =
                own.check(
                        provider.token(
                                "acme",
                                "ann",
                                Provider.AUDIENCE,
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
                        IssuerTokenCheck.Good.class,
                        good -> {
                            assertThat(good.subject().workspace()).contains("Acme");
                            assertThat(good.subject().roles())
                                    .containsExactlyInAnyOrder("boss", "x");
                            assertThat(good.subject().emailIsVerified()).isTrue();
                        });
    }
}
