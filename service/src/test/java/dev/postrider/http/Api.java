package dev.postrider.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.rig.TlsFront;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the program that a {@code @QuarkusTest} has started. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;
    private final Optional<String> token;

    private Api(URI root, Optional<String> token) {
        this.root = root;
        this.token = token;
    }

    public static Api underTest() {
        var root = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        TlsFront.leadTo(root.getPort());
        return new Api(root, Optional.empty());
    }

    /** What browsers see of the program that a {@code @QuarkusTest} has started. */
    public static String publicUrl() {
        return ConfigProvider.getConfig().getValue("POSTRIDER_PUBLIC_URL", String.class);
    }

    /** The operator's port. */
    public static Api management() {
        var root = ConfigProvider.getConfig().getValue("test.management.url", String.class);
        return new Api(URI.create(root), Optional.empty());
    }

    /** The same, with a bearer token on each request. */
    public Api with(String accessToken) {
        return new Api(root, Optional.of(accessToken));
    }

    /** The bearer token of each request, for those who write requests by hand. */
    public String token() {
        return token.orElseThrow();
    }

    /** The same, as a user who has just logged in. */
    public Api loggedIn(String email, String password) {
        return with(logIn(email, password).json().path("access_token").asText());
    }

    public Answer logIn(String email, String password) {
        return form("/token", "grant_type", "password", "username", email, "password", password);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    /**
     * Posts a form.
     *
     * @param fields names and values by turns
     */
    public Answer form(String path, String... fields) {
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))));
    }

    private static String encoded(String... fields) {
        var form = new StringJoiner("&");
        for (var i = 0; i < fields.length; i += 2) {
            form.add(
                    URLEncoder.encode(fields[i], UTF_8)
                            + "="
                            + URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return form.toString();
    }

    /** A request that a test finishes by itself; a public URL is asked for behind its proxy. */
    public HttpRequest.Builder request(String path) {
        var inside = path.startsWith(publicUrl()) ? path.substring(publicUrl().length()) : path;
        var request = HttpRequest.newBuilder(root.resolve(inside)).timeout(WAIT);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** It is an error in the one form that all have. */
    public static void assertProblem(Answer answer, int status, String code) {
        var problem = answer.json();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).matches("application/(problem\\+)?json");
        assertThat(problem.path("code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(problem.path("statusCode").asInt()).isEqualTo(status);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(List.of("name", "message", "type", "title", "detail"))
                .allMatch(problem::hasNonNull);
    }

    /** What the program answered. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        /** A header's value; empty when it is missing. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(response.body(), UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(text());
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + text(), e);
            }
        }
    }
}
