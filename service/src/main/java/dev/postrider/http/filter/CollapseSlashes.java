package dev.postrider.http.filter;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes {@code //emails} for {@code /emails}: SDKs that want a base URL with a slash at its end and
 * SDKs that want none share one setting this way.
 */
@Singleton
final class CollapseSlashes {
    private static final int BEFORE_ALL = 2_000;

    void register(@Observes Filters filters) {
        filters.register(CollapseSlashes::collapse, BEFORE_ALL);
    }

    private static void collapse(RoutingContext request) {
        var uri = request.request().uri();
        if (!uri.startsWith("//")) {
            request.next();
            return;
        }
        var start = 1;
        while (start < uri.length() && uri.charAt(start) == '/') {
            start++;
        }
        request.reroute(request.request().method(), uri.substring(start - 1));
    }
}
