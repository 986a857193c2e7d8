package dev.postrider.testkit.provider.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MicrosoftTokenTest {
    private static final String ADA = "ada@example.com";
    private static final String SEND = MicrosoftClient.SEND;
    private static final String SMTP = "https://outlook.office.com/SMTP.Send";

    private FakeMicrosoft microsoft;
    private MicrosoftClient client;

    @BeforeEach
    void start() throws IOException {
        microsoft = FakeMicrosoft.start();
        client = MicrosoftClient.of(microsoft);
    }

    @AfterEach
    void stop() {
        microsoft.close();
    }

    @Test
    void theCallbackHasACodeAndTheStateButNoIssuer() {
        microsoft.account(ADA);
        Form callback = Client.query(microsoft.consent(client.authorize(SEND), ADA));
        assertThat(callback.text("state")).isEqualTo("opaque");
        assertThat(callback.get("code")).isPresent();
        assertThat(callback.get("iss")).isEmpty();
        Form denied = Client.query(microsoft.deny(client.authorize(SEND), ADA));
        assertThat(denied.text("error")).isEqualTo("access_denied");
        assertThat(denied.text("error_description")).startsWith("AADSTS65004");
    }

    @Test
    void aCodeBecomesTokensOnceOnly() throws Exception {
        microsoft.account(ADA);
        URI callback = microsoft.consent(client.authorize(SEND, "nonce", "n"), ADA);
        Answer first = client.exchange(callback);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("scope"))
                .isEqualTo(
                        "https://graph.microsoft.com/Mail.Send"
                                + " https://graph.microsoft.com/User.Read");
        assertThat(first.text("refresh_token")).isNotEmpty();
        Jwt identity = Jwt.parse(first.text("id_token")).orElseThrow();
        assertThat(identity.text("oid")).isEqualTo(microsoft.account(ADA).objectId());
        assertThat(identity.text("tid")).isEqualTo(microsoft.tenant("example.com").id());
        assertThat(identity.text("nonce")).isEqualTo("n");
        assertIsError(client.exchange(callback), EntraError.CODE_REDEEMED);
    }

    @Test
    void theAnswersScopesMayStandWithoutTheirResource() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.SCOPES_HAVE_PREFIX, false);
        microsoft.switches().turn(MicrosoftSwitch.SCOPES_HAVE_OFFLINE, true);
        assertThat(client.connect(ADA, SEND).text("scope"))
                .isEqualTo("Mail.Send User.Read offline_access");
    }

    @Test
    void aCodeIsBoundToItsVerifierRedirectTenantAndTime() throws Exception {
        microsoft.account(ADA);
        assertIsError(exchange("redirect_uri", "http://127.0.0.1:9/"), EntraError.REDIRECT);
        URI withChallenge =
                microsoft.consent(
                        client.authorize(
                                SEND, "code_challenge", "x", "code_challenge_method", "S256"),
                        ADA);
        assertIsError(client.exchange(withChallenge), EntraError.VERIFIER);
        microsoft.account("bob@other.example");
        assertIsError(exchange("tenant", "other.example"), EntraError.CODE_OF_OTHER_TENANT);
        URI callback = microsoft.consent(client.authorize(SEND), ADA);
        microsoft.clock().advance(Duration.ofMinutes(10));
        assertIsError(client.exchange(callback), EntraError.CODE_EXPIRED);
    }

    private Answer exchange(String... changes) throws IOException, InterruptedException {
        return client.exchange(microsoft.consent(client.authorize(SEND), ADA), changes);
    }

    @Test
    void theAppMustProveItself() throws Exception {
        microsoft.account(ADA);
        String expired = microsoft.app().clientSecret();
        String id = microsoft.app().secrets().getFirst().id();
        assertIsError(exchange("client_secret", "wrong"), EntraError.WRONG_SECRET);
        assertIsError(exchange("client_secret", id), EntraError.WRONG_SECRET);
        assertIsError(exchange("client_secret", ""), EntraError.NO_SECRET);
        assertIsError(exchange("client_id", "unknown"), EntraError.APP_NOT_FOUND);
        microsoft.app().secretsEndAt(microsoft.clock().instant());
        assertIsError(exchange("client_secret", expired), EntraError.SECRET_EXPIRED);
        microsoft.app().rotateSecret();
        assertIsError(exchange("client_secret", expired), EntraError.WRONG_SECRET);
        assertThat(exchange().status()).isEqualTo(200);
        microsoft.app().disable(true);
        assertIsError(
                client.refresh("any", "grant_type", "refresh_token"), EntraError.APP_DISABLED);
    }

    @Test
    void whatIsWrongWithTheClientStaysOnMicrosoftsPage() {
        microsoft.account(ADA);
        assertPage(client.authorize(SEND, "redirect_uri", "https://evil.example/"), "AADSTS50011");
        assertPage(client.authorize(SEND, "client_id", "unknown"), "AADSTS700016");
        assertPage(client.authorize("https://graph.microsoft.com/Mail.Fly"), "AADSTS70011");
        assertPage(client.authorizeAt("nobody.example", SEND), "AADSTS90002");
        microsoft.app().forTenant(microsoft.tenant("other.example"));
        assertPage(client.authorize(SEND), "AADSTS50194");
        assertPage(client.authorizeAt("other.example", SEND), "AADSTS50020");
        microsoft.app().forAccounts(MicrosoftApp.Accounts.ORGANISATIONS);
        assertPage(client.authorizeAt("consumers", SEND), "AADSTS9002332");
    }

    @Test
    void usersMayConsentToSendingButNotToReading() {
        microsoft.account(ADA);
        URI reading = client.authorize(SEND + " Mail.ReadBasic");
        assertPage(reading, "need_admin_approval");
        microsoft.switches().turn(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK, true);
        assertThat(Client.query(microsoft.consent(reading, ADA)).text("error"))
                .isEqualTo("access_denied");
        microsoft.tenant("example.com").adminConsents(microsoft.app(), Set.of("Mail.ReadBasic"));
        assertThat(Client.query(microsoft.consent(reading, ADA)).get("code")).isPresent();

        microsoft.tenant("example.com").usersMayConsentTo(MicrosoftTenant.Consent.NOTHING);
        assertThat(Client.query(microsoft.consent(client.authorize(SEND), ADA)).get("code"))
                .isPresent();
        microsoft.account("bob@example.com");
        assertThat(
                        Client.query(microsoft.consent(client.authorize(SEND), "bob@example.com"))
                                .text("error"))
                .isEqualTo("access_denied");
        microsoft.account("eve@outlook.com");
        assertThat(Client.query(microsoft.consent(reading, "eve@outlook.com")).get("code"))
                .isPresent();
    }

    private void assertPage(URI authorize, String code) {
        assertThatThrownBy(() -> microsoft.consent(authorize, ADA))
                .isInstanceOfSatisfying(
                        ProviderPage.class, page -> assertThat(page.code()).isEqualTo(code));
    }

    @Test
    void aTokenIsForOneResource() throws Exception {
        microsoft.account(ADA);
        URI both = microsoft.consent(client.authorize(SEND + " " + SMTP), ADA);
        assertIsError(
                client.exchange(both, "scope", SEND + " " + SMTP),
                EntraError.MORE_THAN_ONE_RESOURCE);
        both = microsoft.consent(client.authorize(SEND + " " + SMTP), ADA);
        Answer graph = client.exchange(both, "scope", SEND);
        assertThat(graph.text("scope")).doesNotContain("SMTP");
        Answer smtp = client.refresh(graph.text("refresh_token"), "scope", SMTP);
        assertThat(smtp.text("scope")).isEqualTo(SMTP);
        assertThat(client.http().get("/v1.0/me", smtp.text("access_token")).status())
                .isEqualTo(401);
        assertThat(microsoft.mayLogInBySmtp(ADA, smtp.text("access_token"))).isTrue();
        assertThat(microsoft.mayLogInBySmtp("bob@example.com", smtp.text("access_token")))
                .isFalse();
        assertThat(microsoft.mayLogInBySmtp(ADA, graph.text("access_token"))).isFalse();
        assertIsError(
                client.refresh(graph.text("refresh_token"), "scope", "Mail.Read"),
                EntraError.NOT_CONSENTED);
    }

    @Test
    void aRefreshTokenNeedsOfflineAccess() throws Exception {
        Answer answer = client.connect(ADA, "openid User.Read Mail.Send");
        assertThat(answer.json().has("refresh_token")).isFalse();
    }

    @Test
    void aRefreshGivesAnotherTokenAndLeavesTheOldOneItsNinetyDays() throws Exception {
        String first = client.connect(ADA, SEND).text("refresh_token");
        microsoft.clock().advance(Duration.ofDays(60));
        String second = client.refresh(first).text("refresh_token");
        assertThat(second).isNotEqualTo(first);
        microsoft.clock().advance(Duration.ofDays(29));
        assertThat(client.refresh(first).status()).isEqualTo(200);
        microsoft.clock().advance(Duration.ofDays(2));
        assertIsError(client.refresh(first), EntraError.UNUSED);
        assertThat(client.refresh(second).status()).isEqualTo(200);
        microsoft.clock().advance(Duration.ofDays(90));
        assertIsError(client.refresh(second), EntraError.UNUSED);
    }

    @Test
    void aSinglePageAppsRefreshTokenLivesForADay() throws Exception {
        String spa = "http://127.0.0.1:9/spa";
        microsoft.app().redirectsToSpa(spa);
        microsoft.account(ADA);
        URI callback = microsoft.consent(client.authorize(SEND, "redirect_uri", spa), ADA);
        String token = client.exchange(callback, "redirect_uri", spa).text("refresh_token");
        microsoft.clock().advance(Duration.ofHours(23));
        String next = client.refresh(token).text("refresh_token");
        microsoft.clock().advance(Duration.ofHours(2));
        assertIsError(client.refresh(next), EntraError.SPA_EXPIRED);
    }

    @Test
    void aGrantEndsInTheWordsOfItsCause() throws Exception {
        String token = client.connect(ADA, SEND).text("refresh_token");
        microsoft.grants().demand(microsoft.account(ADA), EntraError.MFA);
        assertIsError(client.refresh(token), EntraError.MFA);
        client.connect(ADA, SEND);
        assertThat(client.refresh(token).status()).isEqualTo(200);
        microsoft.account(ADA).disable(true);
        assertIsError(client.refresh(token), EntraError.DISABLED);
        microsoft.account(ADA).disable(false);
        microsoft.grants().removeConsent(microsoft.account(ADA), microsoft.app());
        assertThat(client.refresh(token, "scope", SEND).text("suberror"))
                .isEqualTo("consent_required");
        microsoft.grants().revokeSessions(microsoft.account(ADA));
        assertIsError(client.refresh(token), EntraError.REVOKED);
        assertIsError(client.refresh("unknown"), EntraError.INVALID_GRANT);
        assertThat(client.refresh(client.connect(ADA, SEND).text("refresh_token")).status())
                .isEqualTo(200);
    }

    @Test
    void anErrorHasItsNumberAndItsTraces() throws Exception {
        Answer answer = client.refresh("unknown");
        assertThat(answer.json().path("error_codes").path(0).asInt()).isEqualTo(70000);
        assertThat(answer.text("error_description"))
                .startsWith("AADSTS70000: ")
                .contains("Trace ID: " + answer.text("trace_id"))
                .contains("Correlation ID: " + answer.text("correlation_id"));
        assertIsError(client.token(Map.of("grant_type", "password")), EntraError.GRANT_TYPE);
    }

    private static void assertIsError(Answer answer, EntraError error) {
        assertThat(answer.json().path("error_codes").path(0).asInt()).isEqualTo(error.number());
        assertThat(answer.text("error")).isEqualTo(error.error());
        assertThat(answer.status()).isEqualTo(error.status());
    }
}
