package dev.postrider.identity.http;

import io.vertx.core.http.HttpServerRequest;

/** Where a request comes from. */
public final class ClientAddress {
    private ClientAddress() {}

    /** The address of the client, or of the proxy in front where none is trusted to say it. */
    public static String of(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "unknown" : address.hostAddress();
    }
}
