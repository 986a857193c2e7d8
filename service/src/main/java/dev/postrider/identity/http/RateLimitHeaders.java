package dev.postrider.identity.http;

import dev.postrider.identity.apikey.ApiKeyRateLimit;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Tells a key's user how many requests are left, in whole numbers: SDKs fail on anything else. */
final class RateLimitHeaders {
    static final String LEFT = RateLimitHeaders.class.getName();
    private static final int WINDOW_SECONDS = 1;

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(LEFT) instanceof ApiKeyRateLimit.Left left) {
            var headers = response.getHeaders();
            headers.putSingle("ratelimit-limit", left.limit());
            headers.putSingle("ratelimit-remaining", Math.max(0, left.remaining()));
            headers.putSingle("ratelimit-reset", WINDOW_SECONDS);
            if (left.isTooMany()) {
                headers.putSingle(HttpHeaders.RETRY_AFTER, WINDOW_SECONDS);
            }
        }
    }
}
