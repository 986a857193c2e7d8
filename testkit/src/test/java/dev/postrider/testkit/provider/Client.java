package dev.postrider.testkit.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An HTTP client of a provider. */
public record Client(String base) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What came back. */
    public record Answer(int status, ObjectNode json, HttpResponse<byte[]> response) {
        public String text(String field) {
            return json.path(field).asText("");
        }

        /** Gmail's and Graph's errors are objects. */
        public String reason() {
            return json.path("error").path("errors").path(0).path("reason").asText("");
        }

        public String message() {
            return json.path("error").path("message").asText("");
        }
    }

    public Answer form(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encode(fields))));
    }

    public Answer post(String path, String token, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        var request =
                request(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public Answer get(String path, String token, String... headers)
            throws IOException, InterruptedException {
        var request = request(path).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(Duration.ofSeconds(10));
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                Json.parse(response.body()).orElseGet(Json::object),
                response);
    }

    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static Form query(URI uri) {
        return Form.parse(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    }
}
