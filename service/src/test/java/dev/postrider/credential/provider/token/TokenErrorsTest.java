package dev.postrider.credential.provider.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.token.ProviderCalls.Reply;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each error that the providers' token endpoints are known for. */
final class TokenErrorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "EXPIRED_OR_REVOKED, grant_revoked",
        "FRESH_SIGN_IN_NEEDED, admin_policy",
        "FOREIGN_TOKEN, grant_revoked",
        "ACCOUNT_DELETED, account_gone",
        "ACCOUNT_NOT_FOUND, account_gone",
        "NOT_A_VALID_EMAIL, account_gone",
        "MALFORMED_CODE, code_invalid",
        "VERIFIER_MISSING, code_invalid",
        "VERIFIER_WRONG, code_invalid",
        "JWT_SIGNATURE, app",
        "JWT_TIME, app",
        "NOT_DELEGATED, app",
        "OTHER_CLIENTS_TOKEN, request",
        "CLIENT_NOT_AUTHORIZED, admin_policy",
        "ACCOUNT_RESTRICTED, admin_policy",
        "ADMIN_POLICY, admin_policy",
        "CLIENT_NOT_FOUND, app",
        "WRONG_SECRET, app",
        "CLIENT_DELETED, app",
        "INVALID_PRINCIPAL, app",
        "REDIRECT_MISMATCH, request",
        "PARAMETER_MISSING, request",
        "GRANT_TYPE, request",
        "INVALID_SCOPE, request",
        "TOKEN_RATE, later",
        "TOKEN_BACKEND, later"
    })
    void ofGoogle(GoogleError error, String meaning) throws IOException {
        assertThat(meaning(read(Provider.GOOGLE, error.response()))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @EnumSource(EntraError.class)
    void ofMicrosoft(EntraError error) throws IOException {
        var response = error.response();
        var name = JSON.readTree(response.body()).path("error").asText();
        var meaning = meaning(read(Provider.MICROSOFT, response));
        switch (name) {
            case "invalid_grant", "interaction_required", "consent_required", "access_denied" ->
                    assertThat(meaning).isNotIn("app", "request", "later");
            case "invalid_client", "unauthorized_client" -> assertThat(meaning).isEqualTo("app");
            case "temporarily_unavailable", "server_error" ->
                    assertThat(meaning).isEqualTo("later");
            default -> assertThat(meaning).as(error + " " + name).isIn("app", "request", "later");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REVOKED, grant_revoked",
        "UNUSED, grant_expired",
        "SPA_EXPIRED, grant_expired",
        "SIGN_IN_FREQUENCY, admin_policy",
        "BLOCKED_BY_POLICY, admin_policy",
        "NOT_ASSIGNED, admin_policy",
        "NOT_CONSENTED, consent_required",
        "MFA, sign_in_required",
        "DISABLED, account_gone",
        "CODE_REDEEMED, code_invalid",
        "VERIFIER, code_invalid"
    })
    void theNumbersOfMicrosoftChooseTheWords(EntraError error, String code) throws IOException {
        assertThat(meaning(read(Provider.MICROSOFT, error.response()))).isEqualTo(code);
    }

    @Test
    void whatMicrosoftSaysIsQuotedWithoutItsTraces() throws IOException {
        var answer =
                (TokenAnswer.AppAtFault)
                        read(Provider.MICROSOFT, EntraError.SECRET_EXPIRED.response());
        assertThat(answer.problem())
                .contains("The client secret has expired.")
                .contains("AADSTS7000222")
                .doesNotContain("Trace ID")
                .doesNotContain("Correlation");
    }

    @Test
    void anErrorThatNobodyKnowsIsPassing() throws IOException {
        for (var body :
                new String[] {
                    "{}",
                    "{\"error\":\"new_and_strange\"}",
                    "{\"error\":7}",
                    "{\"error\":{\"code\":\"invalid_grant\"}}",
                    "{\"error\":\"\"}"
                }) {
            assertThat(meaning(read(Provider.GOOGLE, 400, body))).as(body).isEqualTo("later");
            assertThat(meaning(read(Provider.MICROSOFT, 401, body))).as(body).isEqualTo("later");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3599 | 3599",
                "\"3599\" | 3599",
                "0 | 0",
                "-5 | 0",
                "\"soon\" | 300",
                "null | 300",
                "true | 300",
                "1.5 | 300",
                "999999999999999999 | 86400",
                "99999999999999999999999999 | 300"
            })
    void howLongATokenLives(String expiresIn, long seconds) throws IOException {
        var tokens =
                (TokenAnswer.Tokens)
                        read(
                                Provider.GOOGLE,
                                200,
                                "{\"access_token\":\"ya29.a\",\"expires_in\":" + expiresIn + "}");
        assertThat(Duration.between(NOW, tokens.access().expiresAt()))
                .isEqualTo(Duration.ofSeconds(seconds));
        assertThat(tokens.access().scopes()).as("as asked for").containsExactly("gmail.send");
        assertThat(tokens.toString()).doesNotContain("ya29.a");
    }

    @Test
    void whenToAskAgainIsTakenFromTheAnswerWithinBounds() throws IOException {
        assertThat(pause("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(pause("1")).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause("999999")).isEqualTo(Duration.ofHours(1));
        assertThat(pause("soon")).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause("Fri, 27 Nov 2026 00:10:00 GMT")).isEqualTo(Duration.ofMinutes(10));
    }

    private static Duration pause(String retryAfter) {
        var reader = new ReadTokenAnswer(Provider.GOOGLE, InstantSource.fixed(NOW));
        var answer =
                reader.of(
                        new Reply.Answer(503, Optional.empty(), Optional.of(retryAfter)),
                        NOW,
                        Set.of());
        return ((TokenAnswer.NotNow) answer).pause();
    }

    private static TokenAnswer read(Provider provider, Response response) throws IOException {
        return read(provider, response.status(), new String(response.body(), UTF_8));
    }

    private static TokenAnswer read(Provider provider, int status, String body) throws IOException {
        return new ReadTokenAnswer(provider, InstantSource.fixed(NOW))
                .of(
                        new Reply.Answer(
                                status,
                                Optional.of((ObjectNode) JSON.readTree(body)),
                                Optional.empty()),
                        NOW,
                        Set.of("gmail.send"));
    }

    private static String meaning(TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Tokens _ -> "tokens";
            case TokenAnswer.Ended(var code, _) -> code;
            case TokenAnswer.AppAtFault(var isForAll, _) -> isForAll ? "app" : "request";
            case TokenAnswer.NotNow _ -> "later";
        };
    }
}
