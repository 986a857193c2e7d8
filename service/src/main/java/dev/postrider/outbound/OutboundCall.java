package dev.postrider.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One HTTP call to a URL that somebody names.
 *
 * @param workspace on whose word; {@link #OPERATOR} for what settings name
 * @param headers beside Host, User-Agent, Accept-Encoding, Content-Length and Connection; they
 *     don't follow a redirect to another host
 */
public record OutboundCall(
        UUID workspace,
        String method,
        URI url,
        Map<String, String> headers,
        Optional<byte[]> body,
        Reach reach,
        Bounds bounds) {
    public static final UUID OPERATOR = new UUID(0, 0);

    public OutboundCall {
        headers = Map.copyOf(headers);
    }

    public static OutboundCall get(UUID workspace, URI url, Reach reach, Bounds bounds) {
        return new OutboundCall(workspace, "GET", url, Map.of(), Optional.empty(), reach, bounds);
    }

    /**
     * What may be called without the operator's leave; hosts that POSTRIDER_OUTBOUND_ALLOW lists
     * may be called at any port, with or without TLS.
     *
     * @param tlsPorts by https
     * @param plainPorts by http
     */
    public record Reach(Set<Integer> tlsPorts, Set<Integer> plainPorts) {
        /** Files of the web. */
        public static final Reach WEB = new Reach(Set.of(443), Set.of(80));

        /** What must not be read or changed on the way. */
        public static final Reach TLS_ONLY = new Reach(Set.of(443), Set.of());

        public Reach {
            tlsPorts = Set.copyOf(tlsPorts);
            plainPorts = Set.copyOf(plainPorts);
        }
    }

    /**
     * How much a call may take.
     *
     * @param time for all of it: look-ups, redirects, and the body until its sink has it
     * @param octets of the answer's body, decoded
     * @param leastRate octets a second that a body must come at once it has had a few seconds
     * @param redirects that are followed; each is checked as the first URL was
     */
    public record Bounds(Duration time, long octets, int leastRate, int redirects) {}
}
