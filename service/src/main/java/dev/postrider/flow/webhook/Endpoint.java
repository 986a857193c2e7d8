package dev.postrider.flow.webhook;

import dev.postrider.mailbox.OutboundGuard;
import dev.postrider.mailbox.Resolution;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an application listens.
 *
 * @param uri http or https, with a host, in ASCII
 */
record Endpoint(URI uri) {
    /** Reads an endpoint; empty when the text can't be one. */
    static Optional<Endpoint> parse(String text) {
        try {
            var uri = new URI(new URI(text).toASCIIString());
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            var isSound =
                    (scheme.equals("https") || scheme.equals("http"))
                            && uri.getHost() != null
                            && uri.getUserInfo() == null
                            && uri.getFragment() == null
                            && uri.getPort() != 0
                            && uri.getPort() <= 65_535;
            return isSound ? Optional.of(new Endpoint(uri)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    boolean isTls() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** Its host, an IPv6 address without brackets. */
    String host() {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return isTls() ? 443 : 80;
    }

    /** The Host header's value (RFC 9110, 7.2). */
    String authority() {
        return uri.getRawAuthority();
    }

    /** What a request line asks for (RFC 9112, 3.2.1). */
    String target() {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Where it may be reached; without TLS only where the operator says so. */
    Resolution resolve(OutboundGuard guard) throws InterruptedException {
        return isTls() ? guard.resolve(host()) : guard.resolveListed(host());
    }
}
