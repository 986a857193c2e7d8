package dev.postrider.flow.webhook;

import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where an application listens.
 *
 * @param uri http or https, with a host, in ASCII
 */
public record Endpoint(URI uri) {
    private static final Set<Integer> USUAL_PORTS = Set.of(443, 8443);

    /** Reads an endpoint; empty when the text can't be one. */
    public static Optional<Endpoint> parse(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return Optional.empty();
        }
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

    public boolean isTls() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** Its host, an IPv6 address without brackets. */
    public String host() {
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

    /**
     * Where it may be reached; without TLS, or at a port that isn't HTTPS's, only where the
     * operator says so: nobody knocks at the doors of others through us.
     */
    public Resolution resolve(OutboundGuard guard, UUID workspace) throws InterruptedException {
        if (isTls() && USUAL_PORTS.contains(port())) {
            return guard.resolve(workspace, host());
        }
        return switch (guard.resolveListed(workspace, host())) {
            case Resolution.Refused _ when isTls() ->
                    new Resolution.Refused(
                            "Port "
                                    + port()
                                    + " is only for hosts that the operator lists in"
                                    + " POSTRIDER_OUTBOUND_ALLOW: use 443 or 8443.");
            case Resolution.Refused refused -> refused;
            case Resolution.Reachable reachable -> reachable;
            case Resolution.Unresolved unresolved -> unresolved;
        };
    }
}
