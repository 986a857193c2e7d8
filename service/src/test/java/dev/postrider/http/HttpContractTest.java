package dev.postrider.http;

import static dev.postrider.http.Api.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Scanner;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it is answered in the one error form. */
@QuarkusTest
final class HttpContractTest {
    private static final String SOME_ID = "019a8f5e-7c1b-7000-8000-000000000000";

    private final Api anyone = Api.underTest();
    private final Api api =
            anyone.loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);

    /** Which spoils large answers; the JDK's client asks for it with its first request. */
    @Test
    void anUpgradeToHttp2IsNotTaken() {
        var answer = Api.underTest().get("/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void anUnknownPathIsAnsweredInTheOneErrorForm() {
        assertProblem(anyone.get("/nowhere"), 404, "not_found");
        assertProblem(api.get("/emails/" + SOME_ID + "/nothing"), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/emails/%00", "/emails/%0d%0aX:%20y/cancel", "/%7f"})
    void aPathWithControlCharactersLeadsNowhere(String path) {
        assertProblem(api.get(path), 404, "not_found");
        assertProblem(api.post(path, "{}"), 404, "not_found");
        assertProblem(api.delete(path), 404, "not_found");
    }

    @Test
    void theApiDescribesItself() {
        assertThat(anyone.get("/openapi.json").json().path("openapi").asText()).startsWith("3.");
        assertThat(anyone.get("/docs/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /emails                    | GET, HEAD, OPTIONS, POST",
                "DELETE | /emails/ID                 | GET, HEAD, OPTIONS, PATCH",
                "PUT    | /emails/ID                 | GET, HEAD, OPTIONS, PATCH",
                "GET    | /emails/batch              | OPTIONS, POST",
                "GET    | /emails/ID/cancel          | OPTIONS, POST",
                "POST   | /emails/ID/attachments/ID  | GET, HEAD, OPTIONS",
                "GET    | /token                     | OPTIONS, POST",
                "TRACE  | /mailboxes/ID              | DELETE, GET, HEAD, OPTIONS, PATCH",
            })
    void aMethodThatIsNoneIsToldWhichAre(String method, String path, String allowed) {
        var answer =
                api.send(
                        api.request(path.replace("ID", SOME_ID))
                                .method(method, BodyPublishers.noBody()));

        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void headIsGetWithoutItsBody() {
        var head = api.send(api.request("/emails").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("application/json");
        assertThat(head.text()).isEmpty();
        var refused =
                anyone.send(anyone.request("/emails").method("HEAD", BodyPublishers.noBody()));
        assertThat(refused.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type     | text/plain                         | {} | 415 | unsupported_media_type",
                "Content-Type     | application/x-www-form-urlencoded  | {} | 415 | unsupported_media_type",
                "Content-Type     | ;;;                                | {} | 415 | unsupported_media_type",
                "Content-Encoding | gzip                               | {} | 415 | unsupported_media_type",
                "Accept           | application/xml                    | {} | 406 | not_acceptable",
                "Accept           | ///                                | {} | 422 | missing_required_field",
                "X-Any            | x                                  | {  | 422 | malformed_body",
                "X-Any            | x                                  | [] | 422 | malformed_body",
                "X-Any            | x                                  | '' | 422 | malformed_body",
                "X-Any            | x               | {\"a\":1,\"a\":2} | 422 | malformed_body",
            })
    void whatCannotBeReadIsSaid(String name, String value, String body, int status, String code) {
        var request = api.request("/emails").POST(BodyPublishers.ofString(body));
        if (!name.equals("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        assertProblem(api.send(request.header(name, value)), status, code);
    }

    /** JSON is UTF-8, whatever a charset beside its type says (RFC 8259, 8.1 and 11). */
    @Test
    void otherCharsetsThanJsonsAreRefused() {
        var answer =
                api.send(
                        api.request("/mailboxes")
                                .header("Content-Type", "application/json; charset=iso-8859-1")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                "{\"address\":\"\u00fc@example.org\"}"
                                                        .getBytes(ISO_8859_1))));
        assertProblem(answer, 422, "malformed_body");
        assertThat(answer.json().path("detail").asText()).contains("UTF-8");
    }

    @Test
    void problemsAreNamedSoForThoseWhoAsk() {
        var answer =
                api.send(
                        api.request("/emails/x")
                                .header("Accept", "application/problem+json")
                                .GET());

        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(422);
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(422);
    }

    @Test
    void whatIsForNoOperationAtAllHasTheOneFormToo() throws IOException {
        var answer = raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("content-type: application/json\r\n")
                .contains("\"code\":\"not_found\"", "\"statusCode\":404");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /emails/%zz HTTP/1.1     | X: y                 | 400 | malformed_request",
                "GET /emails?tag=% HTTP/1.1   | X: y                 | 400 | malformed_request",
                "GET /health/%zz HTTP/1.1     | X: y                 | 400 | malformed_request",
                "GET /a b HTTP/1.1            | X: y                 | 400 | malformed_request",
                "GET /emails HTTP/9.9         | X: y                 | 400 | malformed_request",
                "GET /emails HTTP/1.1         | no colon             | 400 | malformed_request",
                "GET /emails HTTP/1.1         | Host: localhost      | 400 | malformed_request",
                "GET /emails HTTP/1.1         | Host: elsewhere      | 400 | malformed_request",
                "GET /emails?LONG HTTP/1.1    | X: y                 | 414 | uri_too_long",
                "LONG /emails HTTP/1.1        | X: y                 | 414 | uri_too_long",
                "GET /emails HTTP/1.1         | X: LONG              | 431 | headers_too_large",
            })
    void aHeadThatCannotBeReadHasTheOneFormToo(String line, String header, int status, String code)
            throws IOException {
        var request = line + "\r\nHost: localhost\r\n" + header + "\r\n\r\n";
        var answer = firstAnswer(request.replace("LONG", "x".repeat(30_000)));
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: application/json\r\n")
                .contains("\"code\":\"" + code + "\"", "\"statusCode\":" + status);
    }

    /** The next head must not be taken for an answer to what is still being looked at. */
    @Test
    void aHeadThatCannotBeReadIsAnsweredBehindTheRequestBeforeIt() throws IOException {
        var answers =
                raw(
                        """
                        GET /emails HTTP/1.1\r
                        Host: localhost\r
                        \r
                        GET /emails HTTP/1.1\r
                        Host: a\r
                        Host: b\r
                        \r
                        """);
        assertThat(answers)
                .startsWith("HTTP/1.1 401 ")
                .contains("HTTP/1.1 400 ", "\"code\":\"malformed_request\"");
    }

    @Test
    void olderClientsNeedNoHost() throws IOException {
        assertThat(raw("GET /emails HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 401 ");
    }

    @Test
    void anSdkIsToldErrorsInItsOwnWordsOnly() {
        var api = Api.underTest();
        var answer =
                api.send(api.request("/emails").header("User-Agent", "resend-php/1.1.0").GET());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("name").asText()).isEqualTo("missing_api_key");
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(401);
        assertThat(answer.json().has("code")).isFalse();
        assertThat(answer.json().has("type")).isFalse();
        assertThat(api.get("/emails").json().path("code").asText()).isEqualTo("missing_token");
    }

    @Test
    void otherOriginsAreGivenNothing() {
        var asked =
                anyone.send(
                        anyone.request("/emails")
                                .header("Origin", "https://elsewhere.example")
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));
        var got =
                api.send(
                        api.request("/emails").header("Origin", "https://elsewhere.example").GET());

        for (var answer : new Answer[] {asked, got}) {
            assertThat(answer.response().headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        }
    }

    /** What no client library would send; returns all that comes until the server closes. */
    private static String raw(String request) throws IOException {
        try (var socket = sent(request)) {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Doesn't wait for the connection's end, which the server leaves to its client for a while. */
    private static String firstAnswer(String request) throws IOException {
        try (var socket = sent(request);
                var answer = new Scanner(socket.getInputStream(), UTF_8)) {
            var head = answer.useDelimiter("\r\n\r\n").next();
            return head + "\r\n" + answer.useDelimiter("(?<=})").next();
        }
    }

    private static Socket sent(String request) throws IOException {
        var root = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        var socket = new Socket(root.getHost(), root.getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }
}
