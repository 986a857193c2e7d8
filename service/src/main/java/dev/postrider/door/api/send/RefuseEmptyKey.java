package dev.postrider.door.api.send;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * An Idempotency-Key without characters comes from a variable that nobody has set. The framework
 * hands it over as if there were none, and the caller would believe that repeats are safe.
 */
final class RefuseEmptyKey {
    @ServerRequestFilter(priority = Priorities.USER)
    @Nullable Response refuse(HttpServerRequest request) {
        var key = request.getHeader("Idempotency-Key");
        return key != null && key.isEmpty() ? IdempotencyKey.invalid().response() : null;
    }
}
