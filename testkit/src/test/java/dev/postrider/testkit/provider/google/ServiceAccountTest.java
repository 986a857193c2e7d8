package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.google.state.ServiceAccount;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServiceAccountTest {
    private static final String ADA = "ada@example.com";
    private static final String SCOPE = "https://www.googleapis.com/auth/gmail.send";
    private static final String HELLO = "To: bob@example.com\r\nSubject: Hello\r\n\r\nText\r\n";

    private FakeGoogle google;
    private GoogleClient client;
    private ServiceAccount account;

    @BeforeAll
    void start() throws IOException {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
        account = google.registerServiceAccount("mailer");
    }

    @AfterAll
    void stop() {
        google.close();
    }

    @BeforeEach
    void delegate() {
        google.account(ADA).become(GoogleUser.State.GOOD);
        account.delegate("example.com", "gmail.send");
    }

    private ObjectNode claims() {
        long now = google.clock().instant().getEpochSecond();
        return Json.object()
                .put("iss", account.email())
                .put("sub", ADA)
                .put("aud", "https://oauth2.googleapis.com/token")
                .put("scope", SCOPE)
                .put("iat", now)
                .put("exp", now + 3600);
    }

    private Answer token(ObjectNode claims) throws IOException, InterruptedException {
        return token(account.key(), claims);
    }

    private Answer token(SigningKey key, ObjectNode claims)
            throws IOException, InterruptedException {
        return client.http()
                .form(
                        "/token",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                "assertion",
                                Jwt.sign(key, claims)));
    }

    @Test
    void itSendsForAUserOfADomainThatDelegates() throws Exception {
        Answer answer = token(claims());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(client.send(answer.text("access_token"), HELLO).status()).isEqualTo(200);
        assertThat(google.sent(ADA)).hasSize(1);
    }

    @Test
    void withoutAUserItHasNoMail() throws Exception {
        ObjectNode claims = claims();
        claims.remove("sub");
        Answer sent = client.send(token(claims).text("access_token"), HELLO);
        assertThat(sent.status()).isEqualTo(400);
        assertThat(sent.message()).isEqualTo("Precondition check failed.");
    }

    @Test
    void whatIsWrongIsToldApart() throws Exception {
        assertIsError(token(SigningKey.another(), claims()), GoogleError.JWT_SIGNATURE);
        assertIsError(token(claims().put("iss", "nobody")), GoogleError.INVALID_PRINCIPAL);
        assertIsError(token(claims().put("aud", "elsewhere")), GoogleError.JWT_AUDIENCE);
        long now = google.clock().instant().getEpochSecond();
        assertIsError(token(claims().put("exp", now + 7200)), GoogleError.JWT_TIME);
        assertIsError(
                token(claims().put("iat", now + 1000).put("exp", now + 2000)),
                GoogleError.JWT_TIME);
        assertIsError(
                token(claims().put("sub", "nobody@example.com")), GoogleError.NOT_A_VALID_EMAIL);
        assertIsError(
                token(claims().put("scope", "https://mail.google.com/")),
                GoogleError.NOT_DELEGATED);
        google.account("bob@gmail.com");
        assertIsError(token(claims().put("sub", "bob@gmail.com")), GoogleError.NOT_DELEGATED);
        account.removeDelegation("example.com");
        assertIsError(token(claims()), GoogleError.NOT_DELEGATED);
        google.account(ADA).become(GoogleUser.State.DELETED);
        assertIsError(token(claims()), GoogleError.ACCOUNT_DELETED);
    }

    @Test
    void itsKeyFileIsTheRealOnes() {
        ObjectNode file = account.keyFile("http://127.0.0.1/token");
        assertThat(file.path("private_key").asText()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(google.entry(google.base(), account, "example.com").path("allow").toString())
                .isEqualTo("[\"example.com\"]");
    }

    private static void assertIsError(Answer answer, GoogleError error) {
        assertThat(answer.text("error_description")).isEqualTo(text(error));
        assertThat(answer.status()).isEqualTo(error.status());
    }

    private static String text(GoogleError error) {
        return Json.parse(error.response().body()).orElseThrow().path("error_description").asText();
    }
}
