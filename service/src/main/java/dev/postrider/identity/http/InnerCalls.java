package dev.postrider.identity.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.identity.OpaqueToken;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Requests that this program makes to itself: the console's, on behalf of a browser. They carry a
 * secret that nobody else has and that lasts as long as the program; what they say of the browser
 * is believed.
 */
@Singleton
public final class InnerCalls {
    private static final String SECRET = "X-Postrider-Inner";
    private static final String ADDRESS = "X-Postrider-Inner-For";
    private static final String SCHEME = "X-Postrider-Inner-Proto";

    private final OpaqueToken secret = OpaqueToken.random(OpaqueToken.Kind.STATE);

    /**
     * Makes a request one.
     *
     * @param address where the browser is
     * @param scheme by which it came
     */
    public void mark(MultiMap headers, String address, String scheme) {
        headers.set(SECRET, secret.text());
        headers.set(ADDRESS, address);
        headers.set(SCHEME, scheme);
    }

    public boolean isOne(HttpServerRequest request) {
        var given = request.getHeader(SECRET);
        return given != null
                && MessageDigest.isEqual(secret.text().getBytes(UTF_8), given.getBytes(UTF_8));
    }

    Optional<String> address(HttpServerRequest request) {
        return isOne(request) ? Optional.ofNullable(request.getHeader(ADDRESS)) : Optional.empty();
    }

    boolean isByTls(HttpServerRequest request) {
        return isOne(request) && "https".equals(request.getHeader(SCHEME));
    }
}
