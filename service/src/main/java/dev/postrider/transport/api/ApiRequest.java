package dev.postrider.transport.api;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.RequestBody;
import dev.postrider.outbound.SessionRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Requests with an access token, and with time enough for what they carry. */
public record ApiRequest(ApiLimits limits) {
    private static final long MAX_ANSWER = 1024 * 1024;

    /** Octets a second that an answer must come at. */
    private static final int LEAST_RATE = 100;

    /** A line that is slower than this gives up. */
    private static final int UPLOAD_OCTETS_A_SECOND = 50_000;

    public SessionRequest get(AccessToken token, String target) {
        return request(token, "GET", target, Map.of(), Optional.empty(), () -> true);
    }

    public SessionRequest post(
            AccessToken token,
            String target,
            String type,
            RequestBody body,
            BooleanSupplier mayLeave) {
        return request(
                token, "POST", target, Map.of("Content-Type", type), Optional.of(body), mayLeave);
    }

    /** Any request. */
    public SessionRequest request(
            AccessToken token,
            String method,
            String target,
            Map<String, String> more,
            Optional<RequestBody> body,
            BooleanSupplier mayLeave) {
        var headers = new LinkedHashMap<>(more);
        headers.put("Authorization", "Bearer " + token.value());
        return withoutToken(method, target, headers, body, mayLeave);
    }

    /**
     * A request to an address that carries a token of its own: it would be refused with another.
     */
    public SessionRequest withoutToken(
            String method,
            String target,
            Map<String, String> more,
            Optional<RequestBody> body,
            BooleanSupplier mayLeave) {
        var headers = new LinkedHashMap<>(more);
        headers.put("Accept", "application/json");
        var octets = body.map(RequestBody::length).orElse(0L);
        return new SessionRequest(
                method,
                target,
                headers,
                body,
                mayLeave,
                new OutboundCall.Bounds(
                        limits.answer().plus(Duration.ofSeconds(octets / UPLOAD_OCTETS_A_SECOND)),
                        MAX_ANSWER,
                        LEAST_RATE,
                        0));
    }
}
