package dev.postrider.identity.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriBuilder;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Takes a trusted proxy's word for it that the client came by TLS: URLs in answers begin so. */
final class ProxiedScheme {
    private static final String HEADER = "X-Forwarded-Proto";

    private final ClientAddress clientAddress;
    private final InnerCalls innerCalls;

    ProxiedScheme(ClientAddress clientAddress, InnerCalls innerCalls) {
        this.clientAddress = clientAddress;
        this.innerCalls = innerCalls;
    }

    @ServerRequestFilter(preMatching = true)
    void read(ContainerRequestContext request, HttpServerRequest from) {
        if (("https".equals(from.getHeader(HEADER)) && clientAddress.isByProxy(from))
                || innerCalls.isByTls(from)) {
            var uri = request.getUriInfo();
            request.setRequestUri(
                    https(uri.getBaseUriBuilder()), https(uri.getRequestUriBuilder()));
        }
    }

    private static java.net.URI https(UriBuilder uri) {
        return uri.scheme("https").build();
    }
}
