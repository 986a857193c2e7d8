package dev.postrider.testkit.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls of a provider with an account's access token. */
public final class Calls {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(20))
                    .build();
    private final TestAccount account;
    private final Redact redact;

    /** Written and read by the one thread that asks. */
    private String accessToken = "";

    public Calls(TestAccount account, Redact redact) {
        this.account = account;
        this.redact = redact;
    }

    /** An answer, whatever its status. */
    public record Answer(int status, HttpHeaders headers, String text) {
        /** There was none yet. */
        public static final Answer NONE =
                new Answer(0, HttpHeaders.of(Map.of(), (_, _) -> true), "");

        public JsonNode json() {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8))
                    .<JsonNode>map(object -> object)
                    .orElseGet(MissingNode::getInstance);
        }

        public String text(String field) {
            return json().path(field).asText("");
        }

        /** {@code 404 notFound}: the status, and the codes of whatever kind of error it is. */
        public String error() {
            var error = json().path("error");
            var code =
                    error.isTextual()
                            ? error.asText()
                            : error.path("errors")
                                    .path(0)
                                    .path("reason")
                                    .asText(error.path("code").asText(""));
            return (status + " " + code).strip();
        }

        /** The error's own words. */
        public String words() {
            return text("error_description").isEmpty()
                    ? json().path("error").path("message").asText("")
                    : text("error_description");
        }

        public Probe.Seen refused() {
            return new Probe.Seen(error(), words());
        }

        /**
         * @throws IOException when it is no success
         */
        public Answer good() throws IOException {
            if (status / 100 != 2) {
                throw new IOException("answered " + error() + ": " + words());
            }
            return this;
        }
    }

    /** A form to the token endpoint, with the client's login. */
    public Answer token(Map<String, String> form) throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(form);
        all.putIfAbsent("client_id", account.clientId());
        all.putIfAbsent("client_secret", account.clientSecret());
        var body =
                all.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(account.token()))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        redact.secret(answer.text("access_token")).secret(answer.text("refresh_token"));
        return answer;
    }

    /** Refreshes with the account's refresh token. */
    public Answer refresh() throws IOException, InterruptedException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", account.refreshToken());
        if (!account.scope().isEmpty()) {
            form.put("scope", account.scope());
        }
        var answer = token(form);
        Optional.of(answer.text("access_token"))
                .filter(token -> !token.isEmpty())
                .ifPresent(token -> accessToken = token);
        return answer;
    }

    public String accessToken() {
        return accessToken;
    }

    public Answer get(String target) throws IOException, InterruptedException {
        return call("GET", target, Map.of(), new byte[0]);
    }

    public Answer post(String target, String type, String body)
            throws IOException, InterruptedException {
        return call(
                "POST",
                target,
                Map.of("Content-Type", type),
                body.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Answer postJson(String target, JsonNode body) throws IOException, InterruptedException {
        return call(
                "POST",
                target,
                Map.of("Content-Type", "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Any call.
     *
     * @param target a path at the API, or a whole URL that the API has given, which gets no token
     *     unless it is the API's own
     */
    public Answer call(String method, String target, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        var url = target.startsWith("/") ? account.api() + target : target;
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (isOfApi(url) && !headers.containsKey("Authorization")) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        headers.forEach(request::header);
        return send(request);
    }

    /** Whether a URL that was given is the API's own. */
    public boolean isOfApi(String url) {
        return url.startsWith(account.api() + "/");
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response =
                http.send(
                        request.timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
