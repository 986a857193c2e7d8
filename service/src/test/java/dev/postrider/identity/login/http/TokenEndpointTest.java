package dev.postrider.identity.login.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class TokenEndpointTest {
    private static final String EMAIL = TestEnvironment.ADMIN_EMAIL;
    private static final String PASSWORD = TestEnvironment.ADMIN_PASSWORD;

    private final Api api = Api.underTest();

    @Test
    void aPasswordGivesTokens() {
        var answer = logIn(EMAIL, PASSWORD);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Pragma")).isEqualTo("no-cache");
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactly("access_token", "token_type", "expires_in", "refresh_token");
        assertThat(answer.json().path("token_type").asText()).isEqualTo("bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
    }

    @Test
    void theAccessTokenOpensAnOperationOnItsVirtualThread() {
        var answer =
                api.loggedIn(EMAIL.toUpperCase(java.util.Locale.ROOT), PASSWORD)
                        .get("/test/caller");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("email").asText()).isEqualTo(EMAIL);
        assertThat(answer.json().path("owner").asBoolean()).isTrue();
        assertThat(answer.json().path("virtual").asBoolean()).isTrue();
    }

    @Test
    void theRefreshTokenGivesNewTokensOnce() {
        var first = logIn(EMAIL, PASSWORD).json();
        var second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Cache-Control")).isEqualTo("no-store");
        assertRefused(refresh(first), "invalid_grant");
        assertRefused(refresh(second.json()), "invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({"Admin@Example.com, wrong horse", "bob@example.com, correct horse"})
    void aWrongPasswordAndAnUnknownUserAreOneAnswer(String email, String password) {
        var answer = logIn(email, password);
        assertRefused(answer, "invalid_grant");
        assertThat(answer.json().path("error_description").asText())
                .isEqualTo("The username or the password is wrong.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                  | invalid_request",
                "username=a&password=b                             | invalid_request",
                "grant_type=password                               | invalid_request",
                "grant_type=password&username=a                    | invalid_request",
                "grant_type=password&username=a&password=          | invalid_request",
                "grant_type=password&username=a&username=a&password=b | invalid_request",
                "grant_type=password&username=a%00&password=b      | invalid_request",
                "grant_type=password&username=%ff&password=b       | invalid_request",
                "grant_type=password&username=%&password=b         | invalid_request",
                "grant_type=refresh_token                          | invalid_request",
                "grant_type=refresh_token&refresh_token=junk       | invalid_grant",
                "grant_type=client_credentials                     | unsupported_grant_type",
                "grant_type=authorization_code&code=x              | unsupported_grant_type",
                "grant_type=password&username=a&password=b&scope=%22 | invalid_scope",
                "grant_type=password&username=a&password=b&scope=a%20%20b | invalid_scope",
            })
    void whatIsNoRequestIsRefusedInOAuthsWords(String body, String error) {
        assertRefused(post("/token", body == null ? "" : body), error);
    }

    @Test
    void aScopeAndAClientAreTolerated() {
        var body =
                "grant_type=password&username=Admin%40Example.com&password=correct+horse+battery+staple"
                        + "&scope=a+b&client_id=x&client_secret=y";
        var answer =
                api.send(
                        api.request("/token")
                                .header("Authorization", "Basic Og==")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void jsonIsNotReadHere() {
        var answer = api.post("/token", "{\"grant_type\":\"password\"}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().path("code").asText()).isEqualTo("unsupported_media_type");
    }

    @Test
    void aLargeBodyIsNotRead() {
        for (var size : List.of(20_000, 30_000_000)) {
            var answer = post("/token", "grant_type=password&username=" + "x".repeat(size));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().path("code").asText()).isEqualTo("body_too_large");
        }
    }

    @Test
    void loggingOutEndsTheSession() {
        var tokens = logIn(EMAIL, PASSWORD).json();
        var user = api.with(tokens.path("access_token").asText());
        assertThat(user.get("/test/caller").status()).isEqualTo(200);
        var answer = api.form("/token/revoke", "token", tokens.path("refresh_token").asText());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertUnauthorized(user.get("/test/caller"), "invalid_token");
        assertRefused(refresh(tokens), "invalid_grant");
    }

    @Test
    void loggingOutIsAnsweredAlikeForAnyToken() {
        assertThat(api.form("/token/revoke", "token", "junk").status()).isEqualTo(200);
        assertRefused(post("/token/revoke", "token_type_hint=access_token"), "invalid_request");
    }

    @Test
    void withoutTokenNothingIsOpened() {
        assertMissing(api.get("/test/caller"));
        assertMissing(
                api.send(api.request("/test/caller").header("Authorization", "Bearer ").GET()));
    }

    private static void assertMissing(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"postrider\"");
        assertThat(answer.json().path("code").asText()).isEqualTo("missing_token");
        assertThat(answer.json().path("name").asText()).isEqualTo("missing_api_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer junk",
                "bearer a b",
                "BEARER a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.e30."
            })
    void aBadTokenOpensNothing(String header) {
        assertUnauthorized(
                api.send(api.request("/test/caller").header("Authorization", header).GET()),
                "invalid_token");
    }

    @Test
    void aScopeOfThousandsOfWordsIsRead() {
        var scope = "a ".repeat(5_000) + "a";
        assertThat(
                        api.form(
                                        "/token",
                                        "grant_type",
                                        "password",
                                        "username",
                                        EMAIL,
                                        "password",
                                        PASSWORD,
                                        "scope",
                                        scope)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherKindIsCalledByItsName() {
        var refresh = logIn(EMAIL, PASSWORD).json().path("refresh_token").asText();
        assertUnauthorized(api.with(refresh).get("/test/caller"), "This is a refresh token");
        assertUnauthorized(api.with("prt_" + "x".repeat(43)).get("/test/caller"), "ticket");
        assertUnauthorized(api.with("undefined").get("/test/caller"), "begin with pra_");
    }

    @Test
    void twoTokensOpenNothing() {
        var token = logIn(EMAIL, PASSWORD).json().path("access_token").asText();
        var request =
                api.with(token).request("/test/caller").header("Authorization", "Bearer " + token);
        assertUnauthorized(api.send(request.GET()), "more than one");
    }

    @Test
    void theTokenIsAskedForBeforeTheBodyIsRead() {
        assertThat(post("/test/caller", "x".repeat(5_000_000)).status()).isEqualTo(401);
    }

    @Test
    void whatIsForAnyoneNeedsNoTokenAndDoesNotLookAtOne() {
        assertThat(api.get("/test/anyone").status()).isEqualTo(200);
        assertThat(api.with("junk").get("/test/anyone").status()).isEqualTo(200);
        assertThat(api.get("/openapi.json").status()).isEqualTo(200);
        assertThat(api.get("/docs/").status()).isEqualTo(200);
    }

    @Test
    void theDescriptionAsksForATokenEverywhereButWhereTokensAreGiven() {
        var description = api.get("/openapi.json").json();
        var flow = description.at("/components/securitySchemes/login/flows/password");
        assertThat(flow.path("tokenUrl").asText()).isEqualTo("/token");
        assertThat(flow.path("scopes").isObject()).isTrue();
        assertThat(names(description.path("security"))).containsExactly("login", "token");
        var open = new ArrayList<String>();
        description
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation -> {
                                    if (operation.getValue().has("security")) {
                                        open.add(path.getKey());
                                    }
                                }));
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/token", "/token/revoke", "/password", "/attachments/download");
    }

    private static List<String> names(JsonNode requirements) {
        var names = new ArrayList<String>();
        requirements.forEach(requirement -> requirement.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_description").asText())
                .matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+")
                .isEqualTo(answer.json().path("detail").asText());
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isNotEmpty();
    }

    private static void assertUnauthorized(Answer answer, String words) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .matches(
                        "Bearer realm=\"postrider\", error=\"invalid_token\","
                                + " error_description=\"[^\"\\\\]+\"")
                .contains(words);
        assertThat(answer.json().path("code").asText()).isEqualTo("invalid_token");
    }

    private Answer logIn(String email, String password) {
        return api.logIn(email, password);
    }

    private Answer refresh(JsonNode tokens) {
        return api.form(
                "/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText());
    }

    private Answer post(String path, String body) {
        return api.send(
                api.request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }
}
