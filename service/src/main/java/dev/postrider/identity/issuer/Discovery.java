package dev.postrider.identity.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The calls to issuers, and their discovery documents, which are kept once they are read. */
final class Discovery {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ConcurrentMap<String, JsonNode> documents = new ConcurrentHashMap<>();

    /**
     * An endpoint that an issuer's document names (OpenID Connect Discovery 1.0, 4).
     *
     * @throws IOException when the issuer doesn't answer, or with something else
     */
    URI endpoint(Issuer issuer, String name) throws IOException {
        var document = documents.get(issuer.name());
        if (document == null) {
            var address =
                    issuer.name().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
            document = json(HttpRequest.newBuilder(URI.create(address)));
            // 4.3: another issuer's document would hand us another issuer's keys
            if (!document.path("issuer").asText().equals(issuer.name())) {
                throw new IOException("the discovery document is of another issuer");
            }
            documents.put(issuer.name(), document);
        }
        var endpoint = document.path(name).asText();
        if (endpoint.isEmpty()) {
            throw new IOException("the discovery document has no " + name);
        }
        try {
            return URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IOException("the discovery document has no sound " + name, e);
        }
    }

    /**
     * Makes a call whose answer is a JSON object.
     *
     * @throws IOException when there is no such answer
     */
    JsonNode json(HttpRequest.Builder request) throws IOException {
        try {
            var answer =
                    client.send(
                            request.timeout(PATIENCE).header("Accept", "application/json").build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("it answered " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
