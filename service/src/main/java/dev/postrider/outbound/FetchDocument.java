package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gets a small document by HTTPS from a host that somebody names. Each connection goes to an
 * address that the guard has checked, each redirect is checked like the first address, and ports
 * other than 443 are only for hosts that the operator lists. Safe for concurrent use.
 *
 * <p>The request is HTTP/1.0 (RFC 9112, 9.3 and appendix C.2.1), so that the answer ends where its
 * connection does and comes in no chunks.
 */
public final class FetchDocument {
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 256 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final int HTTPS = 443;
    private static final String LOCATION = "location:";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})( .*)?");

    private final OutboundGuard guard;
    private final SSLSocketFactory tls;
    private final Duration patience;

    /**
     * @param patience for all of one answer
     */
    public FetchDocument(OutboundGuard guard, SSLSocketFactory tls, Duration patience) {
        this.guard = guard;
        this.tls = tls;
        this.patience = patience;
    }

    /**
     * What a server answered.
     *
     * @param location where a redirect leads to
     * @param octets the body, each octet a character
     */
    private record Answer(int status, Optional<String> location, String octets) {}

    /** The document; empty when there is none, or it may not be reached. */
    public Optional<byte[]> at(URI first) throws InterruptedException {
        var uri = first;
        for (var redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            var answer = get(uri);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            switch (answer.get().status()) {
                case 200 -> {
                    return Optional.of(answer.get().octets().getBytes(ISO_8859_1));
                }
                case 301, 302, 303, 307, 308 -> {
                    var next = next(uri, answer.get());
                    if (next.isEmpty()) {
                        return Optional.empty();
                    }
                    uri = next.get();
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> next(URI from, Answer answer) {
        try {
            return answer.location().map(from::resolve);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Where an address may be reached, if it may. */
    Resolution resolve(URI uri) throws InterruptedException {
        if (!"https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getUserInfo() != null) {
            return new Resolution.Refused("It is no https address.");
        }
        return port(uri) == HTTPS
                ? guard.resolve(uri.getHost())
                : guard.resolveListed(uri.getHost());
    }

    private static int port(URI uri) {
        return uri.getPort() == -1 ? HTTPS : uri.getPort();
    }

    private Optional<Answer> get(URI uri) throws InterruptedException {
        return switch (resolve(uri)) {
            case Resolution.Reachable(var addresses) -> get(uri, addresses.getFirst(), port(uri));
            case Resolution.Refused _, Resolution.Unresolved _ -> Optional.empty();
        };
    }

    /** Closing the socket ends whatever waits on it: no timeout of a single read could do that. */
    private Optional<Answer> get(URI uri, InetAddress address, int port) {
        try (var plain = new Socket()) {
            var deadline = new CompletableFuture<Void>();
            var _ =
                    deadline.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                            .whenComplete((_, late) -> closeIf(late != null, plain));
            try {
                plain.connect(new InetSocketAddress(address, port), (int) patience.toMillis());
                return Optional.of(exchange(uri, plain, port));
            } finally {
                deadline.complete(null);
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static void closeIf(boolean late, Socket socket) {
        if (late) {
            try {
                socket.close();
            } catch (IOException _) {
                // it is closed all the same
            }
        }
    }

    /** The name, not the address, is what the certificate must be of (RFC 9110, 4.3.4). */
    private Answer exchange(URI uri, Socket plain, int port) throws IOException {
        var socket = (SSLSocket) tls.createSocket(plain, uri.getHost(), port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        var request =
                "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: Postrider\r\nAccept: */*\r\n\r\n"
                        .formatted(target, uri.getRawAuthority());
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        socket.getOutputStream().flush();
        return read(new BufferedInputStream(socket.getInputStream()));
    }

    private static Answer read(InputStream in) throws IOException {
        var status = STATUS_LINE.matcher(line(in));
        if (!status.matches()) {
            throw new IOException("no HTTP/1");
        }
        var location = Optional.<String>empty();
        for (var field = line(in); !field.isEmpty(); field = line(in)) {
            if (field.regionMatches(true, 0, LOCATION, 0, LOCATION.length())) {
                location = Optional.of(field.substring(LOCATION.length()).strip());
            }
        }
        var body = in.readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new IOException("larger than " + MAX_BODY + " bytes");
        }
        return new Answer(
                Integer.parseInt(status.group(1)), location, new String(body, ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() == MAX_HEAD) {
                throw new IOException("the answer's head doesn't end");
            }
            line.write(octet);
        }
        var text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
