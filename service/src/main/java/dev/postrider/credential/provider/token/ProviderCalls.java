package dev.postrider.credential.provider.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.outbound.BodySink;
import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Calls a provider's endpoints, which the operator's settings name: small documents, within a time
 * that is shorter than anybody's lease.
 */
public final class ProviderCalls {
    /** Of one call, whatever happens on the way. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MAX_OCTETS = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutboundClient client;
    private final Duration patience;

    public ProviderCalls() {
        this(OutboundClient.forOperator(), PATIENCE);
    }

    public ProviderCalls(OutboundClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** What came of a call. */
    public sealed interface Reply {
        /**
         * An answer.
         *
         * @param json empty when it is something else
         */
        record Answer(int status, Optional<ObjectNode> json, Optional<String> retryAfter)
                implements Reply {}

        /** None that could be used; {@code reason} is to be read behind "it". */
        record None(String reason) implements Reply {}
    }

    /** Posts a form. */
    public Reply post(URI url, Map<String, String> form) throws InterruptedException {
        var body =
                form.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        return call(
                "POST",
                url,
                Map.of(
                        "Accept",
                        "application/json",
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                Optional.of(body.getBytes(UTF_8)));
    }

    /** Asks with an access token. */
    public Reply get(URI url, String accessToken) throws InterruptedException {
        return call(
                "GET",
                url,
                Map.of("Accept", "application/json", "Authorization", "Bearer " + accessToken),
                Optional.empty());
    }

    private Reply call(String method, URI url, Map<String, String> headers, Optional<byte[]> body)
            throws InterruptedException {
        var call =
                new OutboundCall(
                        OutboundCall.OPERATOR,
                        method,
                        url,
                        headers,
                        body,
                        OutboundCall.Reach.WEB,
                        new OutboundCall.Bounds(patience, MAX_OCTETS, 0, 0));
        return switch (client.call(call, BodySink.OCTETS)) {
            case CallResult.Answered<byte[]> answer ->
                    new Reply.Answer(
                            answer.status(), json(answer.body()), answer.header("retry-after"));
            case CallResult.Failed<byte[]>(_, var reason) -> new Reply.None(reason);
        };
    }

    private static Optional<ObjectNode> json(byte[] body) {
        try {
            return JSON.readTree(body) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
