package dev.postrider.flow.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.outbound.OutboundGuard;
import dev.postrider.outbound.Resolution;
import dev.postrider.spool.Octets;
import dev.postrider.spool.Spool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches a file from a URL that a caller gave (HTTP/1.1, RFC 9112), from an address that the guard
 * has let pass: the JDK's HTTP client would look the name up again, and its owner may have pointed
 * it at the operator's own network in between. Each redirect is checked the same way. Safe for
 * concurrent use.
 */
@Singleton
final class FetchUrl {
    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_ADDRESSES = 3;

    private final OutboundGuard guard;
    private final SSLSocketFactory tls;
    private final Spool files;

    /**
     * @param files takes what is fetched
     */
    @Inject
    FetchUrl(OutboundGuard guard, Spool files) {
        this(guard, (SSLSocketFactory) SSLSocketFactory.getDefault(), files);
    }

    FetchUrl(OutboundGuard guard, SSLSocketFactory tls, Spool files) {
        this.guard = guard;
        this.tls = tls;
        this.files = files;
    }

    /** What became of it. */
    sealed interface Fetched {
        /** To be closed when it is needed no more. */
        record File(Octets content) implements Fetched {}

        /** There was no room in time. */
        record Busy() implements Fetched {}

        /**
         * There is no file.
         *
         * @param reason for the caller; without what the server said, which may be nobody's
         *     business
         */
        record Failed(String reason) implements Fetched {}
    }

    /**
     * Fetches a file of so many octets at most.
     *
     * @param workspace whose share of the spool it uses
     * @param timeout for all of it, redirects too
     */
    Fetched get(UUID workspace, URI url, int maxOctets, Duration timeout)
            throws InterruptedException {
        var end = System.nanoTime() + timeout.toNanos();
        var at = url;
        for (var i = 0; i <= MAX_REDIRECTS; i++) {
            switch (visit(workspace, at, maxOctets, end)) {
                case Visited.Found(var content) -> {
                    return new Fetched.File(content);
                }
                case Visited.Busy _ -> {
                    return new Fetched.Busy();
                }
                case Visited.Failed(var reason) -> {
                    return new Fetched.Failed(reason);
                }
                case Visited.Elsewhere(var next) -> at = next;
            }
        }
        return new Fetched.Failed("leads through more than " + MAX_REDIRECTS + " redirects");
    }

    /** One exchange. */
    private sealed interface Visited {
        record Found(Octets content) implements Visited {}

        record Busy() implements Visited {}

        record Elsewhere(URI url) implements Visited {}

        record Failed(String reason) implements Visited {}
    }

    private Visited visit(UUID workspace, URI url, int maxOctets, long end)
            throws InterruptedException {
        return switch (guard.resolve(host(url))) {
            case Resolution.Reachable(var addresses) ->
                    inTime(workspace, url, addresses, maxOctets, end);
            case Resolution.Refused(var reason) -> new Visited.Failed(reason);
            case Resolution.Unresolved(var reason) -> new Visited.Failed(reason);
        };
    }

    /** Closing the socket ends whatever waits on it: no timeout of a single read could do that. */
    private Visited inTime(
            UUID workspace, URI url, List<InetAddress> addresses, int maxOctets, long end)
            throws InterruptedException {
        var left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        var deadline = new CompletableFuture<Void>();
        try (var socket = new ClosableSocket()) {
            var _ =
                    deadline.orTimeout(left, TimeUnit.MILLISECONDS)
                            .whenComplete((_, _) -> socket.close());
            return exchange(workspace, url, connect(socket, addresses, port(url)), maxOctets);
        } catch (IOException e) {
            return new Visited.Failed(
                    deadline.isCompletedExceptionally()
                            ? "gave no file in time"
                            : e instanceof SSLException
                                    ? "has no TLS that can be trusted"
                                    : "can't be fetched: the connection failed");
        } finally {
            deadline.complete(null);
        }
    }

    private static Socket connect(ClosableSocket socket, List<InetAddress> addresses, int port)
            throws IOException {
        var failure = new IOException("no address");
        for (var address : addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES))) {
            try {
                return socket.connect(new InetSocketAddress(address, port));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Visited exchange(UUID workspace, URI url, Socket plain, int maxOctets)
            throws IOException {
        var socket = isTls(url) ? secured(plain, url) : plain;
        socket.getOutputStream().write(request(url));
        var answer = WebAnswer.read(new BufferedInputStream(socket.getInputStream()));
        if (answer.isRedirect()) {
            return answer.header("location")
                    .flatMap(location -> resolved(url, location))
                    .<Visited>map(Visited.Elsewhere::new)
                    .orElseGet(() -> new Visited.Failed("leads to no other URL"));
        }
        if (answer.status() != 200) {
            return new Visited.Failed("answers " + answer.status() + " instead of 200");
        }
        var encoding = answer.header("content-encoding").orElse("identity");
        var isZipped = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
        if (!isZipped && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            return new Visited.Failed("answers with a Content-Encoding that nobody asked for");
        }
        // the limit counts what comes out: a small zip may hold much
        var body = isZipped ? new GZIPInputStream(answer.body()) : answer.body();
        var length = isZipped ? OptionalLong.empty() : answer.length();
        return switch (files.take(workspace, body, length, maxOctets)) {
            case Spool.Taken.Complete(var octets) -> new Visited.Found(octets);
            case Spool.Taken.TooLarge _ ->
                    new Visited.Failed("is larger than the " + maxOctets + " octets left");
            case Spool.Taken.Busy _ -> new Visited.Busy();
        };
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            var url = from.resolve(location);
            var scheme = String.valueOf(url.getScheme());
            var isWeb = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            var isDowngrade = isTls(from) && !isTls(url);
            return isWeb && !isDowngrade && url.getHost() != null && url.getRawUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The name, not the address, is what the certificate must be of (RFC 9110, 4.3.4). */
    private Socket secured(Socket plain, URI url) throws IOException {
        var socket = (SSLSocket) tls.createSocket(plain, host(url), port(url), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI url) {
        var ascii = URI.create(url.toASCIIString());
        var path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        var target = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
        return String.join(
                        "\r\n",
                        "GET " + target + " HTTP/1.1",
                        "Host: " + ascii.getRawAuthority(),
                        "User-Agent: Postrider",
                        "Accept: */*",
                        "Accept-Encoding: identity",
                        "Connection: close",
                        "",
                        "")
                .getBytes(US_ASCII);
    }

    private static boolean isTls(URI url) {
        return String.valueOf(url.getScheme()).equalsIgnoreCase("https");
    }

    private static String host(URI url) {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : isTls(url) ? 443 : 80;
    }
}
