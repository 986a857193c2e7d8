package dev.postrider.http.filter;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What every answer says to browsers and caches, whoever made it: keep nothing of it, guess no
 * type, show it in no frame, run nothing of it, tell nobody where it came from. An answer that sets
 * one of them itself keeps its own.
 */
@Singleton
final class SecurityHeaders {
    private static final int BEFORE_ALL = 3_000;
    private static final String CACHE = "Cache-Control";
    private static final String POLICY = "Content-Security-Policy";

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox";

    /**
     * The explorer's own page sets itself up by a script within it. It reaches this server alone,
     * so its Authorize button works and what it is given goes nowhere else.
     */
    private static final String EXPLORER =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::set, BEFORE_ALL);
    }

    private static void set(RoutingContext request) {
        var path = String.valueOf(request.request().path());
        var isExplorer = path.equals("/docs") || path.startsWith("/docs/");
        request.addHeadersEndHandler(_ -> {
            var headers = request.response().headers();
            unlessSet(headers, "X-Content-Type-Options", "nosniff");
            unlessSet(headers, POLICY, isExplorer ? EXPLORER : NOTHING);
            unlessSet(headers, "X-Frame-Options", "DENY");
            unlessSet(headers, "Referrer-Policy", "no-referrer");
            if (!isExplorer) {
                unlessSet(headers, CACHE, "no-store");
            }
        });
        request.next();
    }

    private static void unlessSet(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
