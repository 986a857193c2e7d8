package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        var document = documents.get(issuer.name());
        if (document == null) {
            var address =
                    issuer.name().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
            document = JSON.readTree(call("GET", address, Map.of(), Optional.empty(), 0).body());
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
            throw new IOException("the discovery document has no valid " + name, e);
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
                case Answered<byte[]> answer when answer.status() == 200 -> answer;
                case Answered<byte[]> answer ->
                        throw new IOException("it answered " + answer.status());
                case CallResult.Failed<byte[]>(_, var reason) ->
                        throw new IOException("it " + reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
