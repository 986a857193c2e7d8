package dev.postrider.testkit.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The program's API, as one user.
 *
 * @param token the user's access token, good for 15 minutes
 */
public record Api(int port, String token) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the program answered. */
    public record Answer(int status, JsonNode body) {
        public boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** A field that must be there. */
        public String text(String field) throws IOException {
            if (!isGood() || !body.hasNonNull(field)) {
                throw new IOException("unexpected answer " + status + ": " + body);
            }
            return body.get(field).asText();
        }
    }

    public static Api logIn(int port, String user, String password)
            throws IOException, InterruptedException {
        var form =
                Map.of("grant_type", "password", "username", user, "password", password)
                        .entrySet()
                        .stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(uri(port, "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        return new Api(port, send(request).text("access_token"));
    }

    /** An SMTP mailbox on loopback, without TLS and without a login. */
    public String connectMailbox(String address, int smtpPort)
            throws IOException, InterruptedException {
        return connectMailbox(
                address, Map.of("host", "127.0.0.1", "port", smtpPort, "tls", "none"));
    }

    /** An SMTP mailbox with these settings of its server. */
    public String connectMailbox(String address, Map<String, ?> server)
            throws IOException, InterruptedException {
        return post("/mailboxes", Map.of("address", address, "provider", "smtp", "smtp", server))
                .text("id");
    }

    /**
     * Posts a JSON body.
     *
     * @param headers names and values by turns
     */
    public Answer post(String path, Map<String, ?> body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(port, path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(port, path)).header("Authorization", "Bearer " + token));
    }

    /** Changes what a JSON body says. */
    public Answer patch(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(port, path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(body))));
    }

    private static Answer send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response =
                HTTP.send(
                        request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
