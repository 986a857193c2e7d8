package dev.postrider.identity.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from. Each proxy appends the address that it was called from to {@code
 * X-Forwarded-For}, so what stands left of the last address that isn't a trusted proxy's was
 * written by whoever called, and counts for nothing. A header that can't be read counts for nothing
 * either.
 *
 * <p>{@code Forwarded} (RFC 7239) isn't read: a proxy that writes only one of the two headers
 * passes the other on as the client sent it. See docs/decisions/0064.
 */
@Singleton
public final class ClientAddress {
    private static final String HEADER = "X-Forwarded-For";

    /** Of longer headers the end is read, which the proxies wrote. */
    private static final int MAX_LENGTH = 1024;

    private final TrustedProxies trusted;
    private final InnerCalls innerCalls;

    public ClientAddress(TrustedProxies trusted, InnerCalls innerCalls) {
        this.trusted = trusted;
        this.innerCalls = innerCalls;
    }

    public String of(HttpServerRequest request) {
        return innerCalls
                .address(request)
                .orElseGet(() -> of(request.remoteAddress(), request.headers().getAll(HEADER)));
    }

    /** Whether a request came from a trusted proxy, whose other headers count too. */
    boolean isByProxy(HttpServerRequest request) {
        return peer(request.remoteAddress()).filter(trusted.blocks()::contain).isPresent();
    }

    String of(SocketAddress from, List<String> headers) {
        var peer = peer(from);
        return peer.map(address -> client(address, String.join(",", headers)))
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }

    private static Optional<InetAddress> peer(SocketAddress from) {
        return Optional.ofNullable(from)
                .map(SocketAddress::hostAddress)
                .flatMap(ClientAddress::literal);
    }

    private InetAddress client(InetAddress peer, String forwarded) {
        var client = peer;
        var rest = end(forwarded);
        while (trusted.blocks().contain(client) && !rest.isBlank()) {
            var comma = rest.lastIndexOf(',');
            var before = address(rest.substring(comma + 1).strip());
            if (before.isEmpty()) {
                return peer;
            }
            client = before.get();
            rest = rest.substring(0, Math.max(comma, 0));
        }
        return client;
    }

    /** What is cut off may leave a half of an address, which is none. */
    private static String end(String forwarded) {
        var tooMuch = forwarded.length() - MAX_LENGTH;
        return tooMuch > 0 ? forwarded.substring(forwarded.indexOf(',', tooMuch) + 1) : forwarded;
    }

    /** Some proxies add the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static Optional<InetAddress> address(String text) {
        if (text.startsWith("[")) {
            var end = text.indexOf(']');
            return end < 0 ? Optional.empty() : literal(text.substring(1, end));
        }
        var colon = text.indexOf(':');
        return literal(
                colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text);
    }

    /** In its long form: IPv4 has others, of fewer numbers. */
    private static Optional<InetAddress> literal(String text) {
        if (text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
