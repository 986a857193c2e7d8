package dev.postrider.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Lets a client ask for {@code application/problem+json} alone. It wants its errors so; the
 * operations produce plain JSON and would be taken for not acceptable.
 */
@Singleton
final class AcceptProblems {
    private static final int EARLY = 1_000;

    void register(@Observes Filters filters) {
        filters.register(AcceptProblems::accept, EARLY);
    }

    private static void accept(RoutingContext request) {
        var headers = request.request().headers();
        var accept = headers.get(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("application/problem+json")) {
            headers.set(HttpHeaders.ACCEPT, accept + ", application/json");
        }
        request.next();
    }
}
