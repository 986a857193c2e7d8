package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.ProviderPage;
import dev.postrider.testkit.provider.google.oauth.Decision;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Form;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GoogleTokenTest {
    private static final String ADA = "ada@example.com";
    private static final String SEND = "openid email gmail.send";

    private FakeGoogle google;
    private GoogleClient client;

    @BeforeEach
    void start() throws IOException {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void theCallbackHasACodeTheStateTheGrantedScopesAndTheIssuer() {
        google.account(ADA);
        Form callback = Client.query(google.consent(client.authorize(SEND), ADA));
        assertThat(callback.text("state")).isEqualTo("opaque");
        assertThat(callback.text("iss")).isEqualTo("https://accounts.google.com");
        assertThat(callback.text("scope")).contains("auth/gmail.send");

        google.switches().turn(GoogleSwitch.SENDS_ISS, false);
        callback = Client.query(google.consent(client.authorize(SEND), ADA));
        assertThat(callback.get("iss")).isEmpty();
        assertThat(callback.get("code")).isPresent();
    }

    @Test
    void aCodeBecomesTokensOnceOnly() throws Exception {
        google.account(ADA);
        URI callback = google.consent(client.authorize(SEND), ADA);
        Answer first = client.exchange(callback);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("token_type")).isEqualTo("Bearer");
        assertThat(first.json().path("expires_in").asInt()).isEqualTo(3599);
        assertThat(first.text("refresh_token")).isNotEmpty();
        assertThat(first.text("id_token")).isNotEmpty();
        assertIsError(client.exchange(callback), 400, "invalid_grant");
    }

    @Test
    void aCodeIsTooOldAfterTenMinutes() throws Exception {
        google.account(ADA);
        URI callback = google.consent(client.authorize(SEND), ADA);
        google.clock().advance(Duration.ofMinutes(10));
        assertIsError(client.exchange(callback), 400, "invalid_grant");
    }

    @Test
    void aCodeNeedsItsVerifierItsRedirectAndItsClient() throws Exception {
        google.account(ADA);
        assertIsError(exchange("code_verifier", ""), 400, "invalid_grant");
        assertIsError(exchange("code_verifier", "another"), 400, "invalid_grant");
        assertIsError(
                exchange("redirect_uri", GoogleClient.CALLBACK + "/"),
                400,
                "redirect_uri_mismatch");
        assertIsError(exchange("client_secret", "wrong"), 401, "invalid_client");
        assertIsError(exchange("client_id", "unknown"), 401, "invalid_client");
        var other = google.registerApp("Other");
        assertIsError(
                exchange("client_id", other.clientId(), "client_secret", other.clientSecret()),
                401,
                "unauthorized_client");
    }

    private Answer exchange(String... changes) throws IOException, InterruptedException {
        return client.exchange(google.consent(client.authorize(SEND), ADA), changes);
    }

    @Test
    void theTokenEndpointTakesFormsOnly() throws Exception {
        var request =
                client.http()
                        .request("/token")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"grant_type\":\"refresh_token\"}"));
        assertIsError(client.http().send(request), 400, "invalid_request");
        assertIsError(
                client.http().form("/token", Map.of("grant_type", "password")),
                400,
                "unsupported_grant_type");
    }

    @Test
    void whatIsWrongWithTheClientStaysOnGooglesPage() throws Exception {
        google.account(ADA);
        assertPage(
                client.authorize(SEND, "redirect_uri", "https://evil.example/"),
                "redirect_uri_mismatch");
        assertPage(
                client.authorize(SEND, "redirect_uri", GoogleClient.CALLBACK + "/"),
                "redirect_uri_mismatch");
        assertPage(client.authorize(SEND, "client_id", "unknown"), "invalid_client");
        assertPage(client.authorize("gmail.fly"), "invalid_scope");
        google.app().delete(true);
        assertPage(client.authorize(SEND), "deleted_client");
        google.app().delete(false).internalTo("other.example");
        assertPage(client.authorize(SEND), "org_internal");
        google.app().inProduction();
        google.account(ADA).become(GoogleUser.State.CLIENT_BLOCKED);
        assertPage(client.authorize(SEND), "admin_policy_enforced");
    }

    private void assertPage(URI authorize, String code) {
        assertThatThrownBy(() -> google.consent(authorize, ADA))
                .isInstanceOfSatisfying(
                        ProviderPage.class, page -> assertThat(page.code()).isEqualTo(code));
    }

    @Test
    void aUserSaysNoOrTheCallbackIsMadeToFail() {
        google.account(ADA);
        Form denied = Client.query(google.deny(client.authorize(SEND), ADA));
        assertThat(denied.text("error")).isEqualTo("access_denied");
        assertThat(denied.text("state")).isEqualTo("opaque");

        google.answerNextConsentWith("server_error");
        assertThat(Client.query(google.consent(client.authorize(SEND), ADA)).text("error"))
                .isEqualTo("server_error");
        google.app().inTesting("somebody@example.com");
        assertThat(Client.query(google.consent(client.authorize(SEND), ADA)).text("error"))
                .isEqualTo("access_denied");
    }

    @Test
    void anUntickedBoxIsMissingInTheScope() throws Exception {
        Answer answer = client.connect(ADA, SEND, Set.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("scope"))
                .isEqualTo("https://www.googleapis.com/auth/userinfo.email openid");
        answer = client.connect(ADA, SEND + " gmail.metadata", Set.of("gmail.send"));
        assertThat(answer.text("scope")).contains("gmail.send").doesNotContain("gmail.metadata");
    }

    @Test
    void oneScopeAloneHasNoBox() throws Exception {
        assertThat(client.connect(ADA, "https://mail.google.com/", Set.of()).text("scope"))
                .isEqualTo("https://mail.google.com/");
    }

    @Test
    void aRefreshTokenNeedsOfflineAndConsent() throws Exception {
        google.account(ADA);
        URI first = google.consent(client.authorize(SEND, "access_type", "online"), ADA);
        assertThat(client.exchange(first).json().has("refresh_token")).isFalse();
        URI again = google.consent(client.authorize(SEND, "prompt", "select_account"), ADA);
        assertThat(client.exchange(again).json().has("refresh_token")).isFalse();
        URI asked = google.consent(client.authorize(SEND, "prompt", "select_account consent"), ADA);
        assertThat(client.exchange(asked).json().has("refresh_token")).isTrue();
    }

    @Test
    void aRefreshGivesNoOtherRefreshToken() throws Exception {
        String token = client.connect(ADA, SEND).text("refresh_token");
        for (int i = 0; i < 3; i++) {
            Answer refreshed = client.refresh(token);
            assertThat(refreshed.status()).isEqualTo(200);
            assertThat(refreshed.json().has("refresh_token")).isFalse();
            assertThat(userinfo(refreshed).text("email")).isEqualTo(ADA);
        }
    }

    private Answer userinfo(Answer tokens) throws IOException, InterruptedException {
        return client.http().get("/oauth2/v2/userinfo", tokens.text("access_token"));
    }

    @Test
    void theHundredAndFirstRefreshTokenEndsTheFirst() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            tokens.add(client.connect(ADA, SEND).text("refresh_token"));
        }
        assertIsError(client.refresh(tokens.getFirst()), 400, "invalid_grant");
        assertThat(client.refresh(tokens.get(1)).status()).isEqualTo(200);
        assertThat(client.refresh(tokens.getLast()).status()).isEqualTo(200);
    }

    @Test
    void inTestingARefreshTokenLivesSevenDays() throws Exception {
        google.app().inTesting(ADA);
        String mail = client.connect(ADA, SEND).text("refresh_token");
        String signIn = client.connect(ADA, "openid email").text("refresh_token");
        google.clock().advance(Duration.ofDays(7).minusMinutes(1));
        assertThat(client.refresh(mail).status()).isEqualTo(200);
        google.clock().advance(Duration.ofMinutes(2));
        assertIsError(client.refresh(mail), 400, "invalid_grant");
        assertThat(client.refresh(signIn).status()).isEqualTo(200);
    }

    @Test
    void anUnusedRefreshTokenEndsAfterSixMonths() throws Exception {
        String used = client.connect(ADA, SEND).text("refresh_token");
        String idle = client.connect(ADA, SEND).text("refresh_token");
        google.clock().advance(Duration.ofDays(150));
        assertThat(client.refresh(used).status()).isEqualTo(200);
        google.clock().advance(Duration.ofDays(40));
        assertThat(client.refresh(used).status()).isEqualTo(200);
        assertIsError(client.refresh(idle), 400, "invalid_grant");
    }

    @Test
    void accessForATimeSaysSoAndEnds() throws Exception {
        google.account(ADA);
        var forADay = new Decision(ADA, true, Set.of(), Optional.of(Duration.ofDays(1)));
        Answer answer = client.exchange(google.consent(client.authorize("gmail.send"), forADay));
        assertThat(answer.json().path("refresh_token_expires_in").asInt()).isEqualTo(86_400);
        google.clock().advance(Duration.ofDays(1));
        assertIsError(client.refresh(answer.text("refresh_token")), 400, "invalid_grant");
    }

    @Test
    void aChangedPasswordEndsMailGrantsOnly() throws Exception {
        String mail = client.connect(ADA, SEND).text("refresh_token");
        String signIn = client.connect(ADA, "openid email").text("refresh_token");
        google.grants().passwordChanged(google.account(ADA));
        assertIsError(client.refresh(mail), 400, "invalid_grant");
        assertThat(client.refresh(signIn).status()).isEqualTo(200);
    }

    @Test
    void revokingEitherTokenEndsTheGrant() throws Exception {
        Answer byAccess = client.connect(ADA, SEND);
        assertThat(revoke(byAccess.text("access_token")).status()).isEqualTo(200);
        assertIsError(client.refresh(byAccess.text("refresh_token")), 400, "invalid_grant");
        assertThat(userinfo(byAccess).status()).isEqualTo(401);

        Answer byRefresh = client.connect(ADA, SEND);
        assertThat(revoke(byRefresh.text("refresh_token")).status()).isEqualTo(200);
        assertThat(userinfo(byRefresh).status()).isEqualTo(401);
        assertIsError(revoke(byRefresh.text("refresh_token")), 400, "invalid_token");
        assertIsError(revoke("unknown"), 400, "invalid_token");
    }

    @Test
    void anExpiredAccessTokenRevokesNothing() throws Exception {
        Answer tokens = client.connect(ADA, SEND);
        google.clock().advance(Duration.ofHours(1));
        assertIsError(revoke(tokens.text("access_token")), 400, "invalid_token");
        assertThat(client.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    private Answer revoke(String token) throws IOException, InterruptedException {
        return client.http().form("/revoke", Map.of("token", token));
    }

    @Test
    void accountsAndAdminsEndGrantsInTheirOwnWords() throws Exception {
        String token = client.connect(ADA, SEND).text("refresh_token");
        GoogleUser ada = google.account(ADA);
        ada.become(GoogleUser.State.DELETED);
        assertThat(client.refresh(token).text("error_description")).contains("deleted");
        ada.become(GoogleUser.State.CLIENT_BLOCKED);
        assertIsError(client.refresh(token), 400, "admin_policy_enforced");
        ada.become(GoogleUser.State.RESTRICTED);
        assertIsError(client.refresh(token), 400, "access_denied");
        ada.become(GoogleUser.State.GOOD).demandSignInEvery(Duration.ofHours(8));
        assertThat(client.refresh(token).status()).isEqualTo(200);
        google.clock().advance(Duration.ofHours(9));
        assertThat(client.refresh(token).text("error_subtype")).isEqualTo("invalid_rapt");
        assertIsError(client.refresh("1//foreign"), 400, "invalid_grant");
    }

    @Test
    void userinfoNeedsTheEmailScope() throws Exception {
        assertThat(userinfo(client.connect(ADA, "gmail.send")).status()).isEqualTo(403);
        assertThat(userinfo(client.connect(ADA, SEND)).text("id"))
                .isEqualTo(google.account(ADA).subject());
    }

    private static void assertIsError(Answer answer, int status, String error) {
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
    }
}
