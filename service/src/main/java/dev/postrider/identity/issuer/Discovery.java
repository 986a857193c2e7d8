package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.outbound.BodySink;
import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.CallResult.Answered;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jose4j.http.Response;
import org.jose4j.http.SimpleResponse;

/** The calls to issuers, and their discovery documents, which are kept once they are read. */
final class Discovery {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_OCTETS = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutboundClient client = OutboundClient.forOperator();
    private final ConcurrentMap<String, JsonNode> documents = new ConcurrentHashMap<>();

    /**
     * An endpoint that an issuer's document names (OpenID Connect Discovery 1.0, 4).
     *
     * @throws IOException when the issuer doesn't answer, or with something else
     */
    URI endpoint(Issuer issuer, String name) throws IOException {
        return optionalEndpoint(issuer, name)
                .orElseThrow(() -> new IOException("the discovery document has no " + name));
    }

    /** The same of one that not every issuer has. */
    Optional<URI> optionalEndpoint(Issuer issuer, String name) throws IOException {
        var endpoint = document(issuer).path(name).asText();
        try {
            return endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));
        } catch (IllegalArgumentException e) {
            throw new IOException("the discovery document has no valid " + name, e);
        }
    }

    /** What an issuer says of itself. */
    JsonNode document(Issuer issuer) throws IOException {
        var known = documents.get(issuer.name());
        if (known != null) {
            return known;
        }
        var address = issuer.name().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
        var document = JSON.readTree(call("GET", address, Map.of(), Optional.empty(), 0).body());
        // 4.3: another issuer's document would hand us another issuer's keys
        if (!document.path("issuer").asText().equals(issuer.name())) {
            throw new IOException("the discovery document is of another issuer");
        }
        documents.put(issuer.name(), document);
        return document;
    }

    /** Asks with an access token, which is answered with a JSON object. */
    JsonNode get(URI endpoint, String accessToken) throws IOException {
        var headers = Map.of("Authorization", "Bearer " + accessToken);
        return JSON.readTree(call("GET", endpoint.toString(), headers, Optional.empty(), 0).body());
    }

    /** An answer that may be an error. */
    record Reply(int status, JsonNode json) {}

    /** Posts a form to an endpoint whose errors are to be read, too (RFC 6749, 5.2). */
    Reply postForReply(URI endpoint, Optional<String> authorization, String form)
            throws IOException {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        authorization.ifPresent(value -> headers.put("Authorization", value));
        var body = Optional.of(form.getBytes(UTF_8));
        var answer = send("POST", endpoint.toString(), headers, body, 0);
        try {
            return new Reply(answer.status(), JSON.readTree(answer.body()));
        } catch (JsonProcessingException _) {
            throw new IOException("it answered " + answer.status() + " without JSON");
        }
    }

    /** Posts a form, which is answered with a JSON object. */
    JsonNode post(URI endpoint, String authorization, String form) throws IOException {
        var headers =
                Map.of(
                        "Authorization",
                        authorization,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        var body = Optional.of(form.getBytes(UTF_8));
        return JSON.readTree(call("POST", endpoint.toString(), headers, body, 0).body());
    }

    /** Fetches an issuer's keys. */
    SimpleResponse keys(String place) throws IOException {
        var answer = call("GET", place, Map.of(), Optional.empty(), 3);
        var headers = new HashMap<String, List<String>>();
        answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new Response(answer.status(), "", headers, new String(answer.body(), UTF_8));
    }

    /**
     * Makes a call.
     *
     * @throws IOException when it isn't answered by 200
     */
    private Answered<byte[]> call(
            String method,
            String url,
            Map<String, String> headers,
            Optional<byte[]> body,
            int redirects)
            throws IOException {
        var answer = send(method, url, headers, body, redirects);
        if (answer.status() != 200) {
            throw new IOException("it answered " + answer.status());
        }
        return answer;
    }

    private Answered<byte[]> send(
            String method,
            String url,
            Map<String, String> headers,
            Optional<byte[]> body,
            int redirects)
            throws IOException {
        var all = new HashMap<>(headers);
        all.put("Accept", "application/json");
        var call =
                new OutboundCall(
                        OutboundCall.OPERATOR,
                        method,
                        URI.create(url),
                        all,
                        body,
                        OutboundCall.Reach.WEB,
                        new OutboundCall.Bounds(PATIENCE, MAX_OCTETS, 0, redirects));
        try {
            return switch (client.call(call, BodySink.OCTETS)) {
                case Answered<byte[]> answer -> answer;
                case CallResult.Failed<byte[]>(_, var reason) ->
                        throw new IOException("it " + reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
