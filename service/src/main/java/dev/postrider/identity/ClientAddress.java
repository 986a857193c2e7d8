package dev.postrider.identity;

import io.vertx.core.http.HttpServerRequest;

/** Where a request comes from. */
final class ClientAddress {
    private ClientAddress() {}

    /** The address of the client, or of the proxy in front where none is trusted to say it. */
    static String of(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "unknown" : address.hostAddress();
    }
}
