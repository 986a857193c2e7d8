package dev.postrider.identity.issuer;

import static dev.postrider.identity.issuer.SignInVisits.REDIRECT;
import static dev.postrider.identity.issuer.SignInVisits.answer;
import static dev.postrider.identity.issuer.SignInVisits.answerOf;
import static dev.postrider.identity.issuer.SignInVisits.done;
import static dev.postrider.identity.issuer.SignInVisits.notNow;
import static dev.postrider.identity.issuer.SignInVisits.query;
import static dev.postrider.identity.issuer.SignInVisits.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Role;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser brings back from a provider, and what of it is taken. */
@ExtendWith(TestDatabase.class)
final class SignInTest {
    private final SignInVisits visits;

    SignInTest(Database database) {
        this.visits = new SignInVisits(database);
    }

    @BeforeEach
    void oneOwner() {
        visits.oneOwner();
    }

    @AfterEach
    void stop() {
        visits.close();
    }

    @Test
    void whoComesBackWithACodeIsSignedIn() throws Exception {
        var visit = visits.begin();

        var done = done(visits.finish(visit));

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
        var call = visits.provider.tokenCalls.getFirst();
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
        done(visits.finish(visits.begin()));
        var basic = Objects.requireNonNull(visits.provider.tokenCalls.get(0).get("Authorization"));
        assertThat(new String(Base64.getDecoder().decode(basic.substring(6)), UTF_8))
                .isEqualTo("postrider-console:s%20e%2Fcret");
        assertThat(visits.provider.tokenCalls.get(0)).doesNotContainKey("client_secret");

        visits.provider.discoveryExtras =
                ", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]";
        done(visits.finish(visits.begin()));
        assertThat(visits.provider.tokenCalls.get(1))
                .containsEntry("Authorization", "")
                .containsEntry("client_id", "postrider-console")
                .containsEntry("client_secret", "s e/cret");

        visits.signIn = "\"scopes\": []";
        var visit = visits.begin();
        done(visits.finish(visit));
        assertThat(visit.asked()).containsEntry("scope", "openid");
        assertThat(visits.provider.tokenCalls.get(2))
                .containsEntry("client_id", "postrider-console")
                .doesNotContainKey("client_secret");
    }

    /** RFC 6749, 10.12: or an attacker's answer would sign a victim in as the attacker. */
    @Test
    void anotherBrowsersAnswerIsNotTaken() {
        var mine = visits.begin();
        var theirs = visits.visit();

        for (var ticket : List.of(theirs.ticket(), "", "nonsense", "A".repeat(5_000))) {
            assertThat(refused(visits.finish("acme", ticket, answer(mine.state(), "the code"))))
                    .contains("Begin again");
        }
        assertThat(refused(visits.finish("acme", mine.ticket(), answer("", "the code"))))
                .contains("Begin again");
        assertThat(
                        refused(
                                visits.finish(
                                        "acme", mine.ticket(), answer(theirs.state(), "the code"))))
                .contains("Begin again");
        assertThat(visits.provider.tokenCalls).isEmpty();
        visits.provider.nonce = Objects.requireNonNull(mine.asked().get("nonce"));
        done(visits.finish(mine));
    }

    @Test
    void aTicketIsGoodForTenMinutes() {
        var visit = visits.begin();
        visits.later.set(Duration.ofMinutes(10));

        assertThat(refused(visits.finish(visit))).contains("more than ten minutes ago");
        assertThat(visits.provider.tokenCalls).isEmpty();
    }

    @Test
    void anAnswerIsTakenOnceHoweverManyComeAtOnce() throws Exception {
        var visit = visits.begin();

        var results = new ArrayList<>(Parallel.times(8, () -> visits.finish(visit)));

        results.removeIf(SignInResult.Refused.class::isInstance);
        assertThat(results).hasSize(1);
        done(results.getFirst());
        assertThat(visits.provider.tokenCalls).hasSize(1);
        assertThat(refused(visits.finish(visit))).contains("Begin again");
    }

    /** RFC 9207 and RFC 9700, 4.4: a code goes to nobody but whom its browser was sent to. */
    @Test
    void anAnswerOfAnotherProviderIsNotTaken() {
        var visit = visits.begin();
        assertThat(
                        refused(
                                visits.finish(
                                        "other",
                                        visit.ticket(),
                                        answer(visit.state(), "the code"))))
                .contains("Begin again");
        assertThat(
                        refused(
                                visits.finish(
                                        "acme",
                                        visit.ticket(),
                                        answerOf(visit.state(), "https://other.example"))))
                .contains("another provider");
        assertThat(visits.provider.tokenCalls).isEmpty();

        var again = visits.visit();
        done(visits.finish("acme", again.ticket(), answerOf(again.state(), visits.provider.url())));
    }

    @Test
    void aProviderThatSaysWhoItIsAlwaysDoes() {
        visits.provider.discoveryExtras =
                ", \"authorization_response_iss_parameter_supported\": true";

        assertThat(refused(visits.finish(visits.begin()))).contains("another provider");
        var again = visits.visit();
        done(visits.finish("acme", again.ticket(), answerOf(again.state(), visits.provider.url())));
    }

    @Test
    void whatTheProviderSaysInsteadOfACodeIsToldInPlainText() {
        var visit = visits.begin();
        var denied =
                new SignInAnswer(
                        Optional.of(visit.state()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("access_denied"),
                        Optional.of("not\r\nyou " + "x".repeat(500)));

        var sentence = refused(visits.finish("acme", visit.ticket(), denied));

        assertThat(sentence).startsWith("Acme did not sign you in (access_denied: not you xxx");
        assertThat(sentence).hasSizeLessThan(300).doesNotContain("\n");
        assertThat(visits.provider.tokenCalls).isEmpty();
    }

    @Test
    void aCodeThatIsRefusedIsNoSignIn() {
        visits.provider.tokenStatus = 400;
        visits.provider.tokenError = "{\"error\": \"invalid_grant\"}";

        assertThat(refused(visits.finish(visits.begin()))).contains("used before or has expired");
    }

    @Test
    void whatTheOperatorHasToMendIsSaid() {
        visits.provider.tokenStatus = 401;
        visits.provider.tokenError = "{\"error\": \"invalid_client\"}";

        assertThat(notNow(visits.finish(visits.begin())))
                .contains("invalid_client")
                .contains("operator");
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() {
        visits.provider.tokenStatus = 503;
        visits.provider.tokenError = "<html>away</html>";
        assertThat(notNow(visits.finish(visits.begin()))).contains("Acme does not answer");

        visits.configure();
        visits.provider.close();
        assertThat(
                        new BeginSignIn(visits.issuers, visits.vault, visits.clock)
                                .begin("acme", REDIRECT, "/console/emails?a=b"))
                .isInstanceOf(BeginSignIn.Begun.NotNow.class);
        assertThat(
                        new BeginSignIn(visits.issuers, visits.vault, visits.clock)
                                .begin("nobody", REDIRECT, "/console"))
                .isInstanceOf(BeginSignIn.Begun.NoSuchProvider.class);
    }

    @Test
    void signingOutLeadsToTheProviderWhereItHasAPageForThat() {
        visits.configure();
        var end = URI.create("https://mail.example.com/console/sign-in");
        assertThat(new BeginSignIn(visits.issuers, visits.vault, visits.clock).endPage("acme", end))
                .isEmpty();

        visits.provider.discoveryExtras =
                ", \"end_session_endpoint\": \"%s/end\"".formatted(visits.provider.url());
        visits.configure();
        var page =
                new BeginSignIn(visits.issuers, visits.vault, visits.clock)
                        .endPage("acme", end)
                        .orElseThrow();
        assertThat(page.toString()).startsWith(visits.provider.url() + "/end?");
        assertThat(query(page))
                .containsEntry("client_id", "postrider-console")
                .containsEntry("post_logout_redirect_uri", end.toString());
    }

    @Test
    void theChoicesAreNamedAndNothingPrintsSecrets() {
        var visit = visits.begin();

        assertThat(visits.issuers.signIns())
                .containsExactly(
                        new Issuers.Choice("acme", "Acme"),
                        new Issuers.Choice("other", "other.example"));
        var printed =
                ParseIssuers.usualSignIn(
                                visits.provider.url(),
                                "id",
                                Optional.of("s e/cret"),
                                Optional.empty())
                        .toString();
        assertThat(printed).doesNotContain("s e/cret");
        assertThat(answer(visit.state(), "the code").toString())
                .doesNotContain("the code")
                .doesNotContain(visit.state());
        assertThat(
                        SignInTicket.open(visits.vault, visit.ticket(), visits.clock.instant())
                                .orElseThrow()
                                .toString())
                .isEqualTo("SignInTicket[issuerId=acme]");
    }
}
