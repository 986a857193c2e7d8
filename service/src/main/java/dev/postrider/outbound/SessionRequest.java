package dev.postrider.outbound;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A request over an {@link OutboundSession}.
 *
 * @param target the path with the query, encoded; the host is the session's
 * @param headers beside Host, User-Agent, Accept-Encoding and Content-Length
 * @param mayLeave asked once, when all but the last octets have left: false ends it, and nobody can
 *     have taken it
 */
public record SessionRequest(
        String method,
        String target,
        Map<String, String> headers,
        Optional<RequestBody> body,
        BooleanSupplier mayLeave,
        OutboundCall.Bounds bounds) {
    public SessionRequest {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("no path: " + target);
        }
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "SessionRequest[" + method + "]";
    }
}
