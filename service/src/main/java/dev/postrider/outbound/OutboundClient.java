package dev.postrider.outbound;

import dev.postrider.outbound.CallResult.Answered;
import dev.postrider.outbound.CallResult.Failed;
import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP calls to URLs that others name: files for attachments, webhooks, documents of domains.
 * This is the guard against SSRF and DNS rebinding: a name is looked up once, each of its addresses
 * is checked, and the connection goes to a checked one, while TLS still names and verifies the
 * host; each redirect is checked like the first URL. A call has a bound on its time, the addresses
 * it tries, the octets it takes and how slowly they may come. Safe for concurrent use.
 *
 * <p>HTTP/1.1 is spoken by Apache HttpCore over sockets that are opened here (decision 0067); each
 * call has a connection of its own.
 */
@Singleton
public final class OutboundClient {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Http1Config HTTP =
            Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(100).build();

    private static final DefaultBHttpClientConnectionFactory CONNECTIONS =
            DefaultBHttpClientConnectionFactory.builder()
                    .http1Config(HTTP)
                    .responseParserFactory(new DefaultHttpResponseParserFactory(HTTP))
                    .build();

    private final OutboundGuard guard;
    private final Supplier<SSLSocketFactory> tls;
    private final IdleConnections idle = new IdleConnections(KeptConnection.MOST_IDLE);

    /**
     * With the authorities that the machine trusts, which are read when the first call needs them,
     * and kept by the JDK.
     */
    @Inject
    public OutboundClient(OutboundGuard guard) {
        this(guard, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    public OutboundClient(OutboundGuard guard, SSLSocketFactory tls) {
        this(guard, () -> tls);
    }

    private OutboundClient(OutboundGuard guard, Supplier<SSLSocketFactory> tls) {
        this.guard = guard;
        this.tls = tls;
    }

    /**
     * For URLs that only the operator's settings name (OpenID providers, Vault): they may lead to
     * any address and port, private ones too. What anybody else names never passes here.
     */
    public static OutboundClient forOperator() {
        return new OutboundClient(new OutboundGuard(AllowedBlocks.ALL));
    }

    /**
     * Makes a call; of an answer that is no redirect, whatever its status, the sink gets the body.
     */
    public <T> CallResult<T> call(OutboundCall call, BodySink<T> sink) throws InterruptedException {
        var deadline = new Deadline(call.bounds().time());
        var at = call;
        for (var i = 0; i <= call.bounds().redirects(); i++) {
            switch (visit(at, sink, deadline)) {
                case Visited.Done<T>(var result) -> {
                    return result;
                }
                case Visited.Elsewhere<T>(var url) -> at = redirected(at, url);
            }
        }
        return new Failed<>(
                Why.REDIRECT,
                "leads through more than " + call.bounds().redirects() + " redirects");
    }

    /** Whether a URL's form lets it be called, and where its host leads. */
    public Resolution resolve(UUID workspace, URI url, OutboundCall.Reach reach)
            throws InterruptedException {
        if (!isWeb(url) || url.getHost() == null || url.getRawUserInfo() != null) {
            return new Resolution.Refused("It must be an http or https URL with a host.");
        }
        var usual = isTls(url) ? reach.tlsPorts() : reach.plainPorts();
        return usual.contains(port(url))
                ? guard.resolve(workspace, host(url))
                : guard.resolveListed(workspace, host(url));
    }

    private sealed interface Visited<T> {
        record Done<T>(CallResult<T> result) implements Visited<T> {}

        record Elsewhere<T>(URI url) implements Visited<T> {}
    }

    private <T> Visited<T> visit(OutboundCall call, BodySink<T> sink, Deadline deadline)
            throws InterruptedException {
        return switch (resolve(call.workspace(), call.url(), call.reach())) {
            case Resolution.Refused(var reason) -> failed(Why.REFUSED, reason);
            case Resolution.Unresolved(var reason) -> failed(Why.UNRESOLVED, reason);
            case Resolution.Reachable(var addresses) -> {
                try (var socket = new PinnedSocket(deadline)) {
                    var url = call.url();
                    socket.connect(addresses, port(url));
                    if (isTls(url)) {
                        socket.secure(tls.get(), host(url), port(url));
                    }
                    yield exchange(call, socket, sink);
                } catch (IOException | HttpException | IllegalArgumentException e) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    yield failed(e, deadline, call.bounds().time());
                }
            }
        };
    }

    /** A session with one server, whose connections are kept between requests. */
    public OutboundSession session(UUID workspace, URI origin, OutboundCall.Reach reach) {
        return new OutboundSession(this, tls.get(), idle, workspace, origin, reach);
    }

    private static <T> Visited<T> exchange(OutboundCall call, PinnedSocket socket, BodySink<T> sink)
            throws IOException, HttpException, InterruptedException {
        var connection = connection(socket);
        var request = request(call);
        connection.sendRequestHeader(request);
        if (request.getEntity() != null) {
            connection.sendRequestEntity(request);
        }
        connection.flush();
        var response = head(connection);
        var headers = headers(response);
        if (REDIRECTS.contains(response.getCode()) && call.bounds().redirects() > 0) {
            return redirect(call.url(), headers.get("location"));
        }
        receiveEntity(connection, response);
        var body = body(call.bounds(), response, headers.getOrDefault("content-encoding", ""));
        var taken = sink.take(body, length(response, headers));
        return new Visited.Done<>(new Answered<>(response.getCode(), headers, taken));
    }

    static HttpClientConnection connection(PinnedSocket socket) throws IOException {
        return CONNECTIONS.createConnection(socket.socket());
    }

    /** The head of the final answer; interim ones say nothing. */
    static ClassicHttpResponse head(HttpClientConnection connection)
            throws IOException, HttpException {
        var response = connection.receiveResponseHeader();
        while (response.getCode() < 200) {
            response = connection.receiveResponseHeader();
        }
        return response;
    }

    /** RFC 9112 section 6.3: after these nothing comes, and nothing says so. */
    static void receiveEntity(HttpClientConnection connection, ClassicHttpResponse response)
            throws IOException, HttpException {
        if (response.getCode() != 204 && response.getCode() != 304) {
            connection.receiveResponseEntity(response);
        }
    }

    private static BasicClassicHttpRequest request(OutboundCall call) {
        var url = URI.create(call.url().toASCIIString());
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var request =
                new BasicClassicHttpRequest(
                        call.method(),
                        url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        request.setHeader("Host", url.getRawAuthority());
        request.setHeader("User-Agent", "Postrider");
        request.setHeader("Accept-Encoding", "identity");
        request.setHeader("Connection", "close");
        call.headers().forEach(request::setHeader);
        call.body()
                .ifPresent(octets -> {
                    request.setHeader("Content-Length", octets.length);
                    request.setEntity(
                            new ByteArrayEntity(octets, ContentType.APPLICATION_OCTET_STREAM));
                });
        return request;
    }

    static Map<String, String> headers(ClassicHttpResponse response) {
        var headers = new HashMap<String, String>();
        for (var each : response.getHeaders()) {
            headers.put(
                    each.getName().toLowerCase(Locale.ROOT),
                    each.getValue() == null ? "" : each.getValue().strip());
        }
        return headers;
    }

    /** Bounded before it is decoded and after. */
    static InputStream body(
            OutboundCall.Bounds bounds, ClassicHttpResponse response, String encoding)
            throws IOException {
        if (response.getEntity() == null) {
            return InputStream.nullInputStream();
        }
        var raw =
                new BoundedBody(
                        response.getEntity().getContent(),
                        bounds.octets() + 1024,
                        bounds.leastRate(),
                        System::nanoTime);
        return new BoundedBody(DecodeBody.of(raw, encoding), bounds.octets(), 0, System::nanoTime);
    }

    static OptionalLong length(ClassicHttpResponse response, Map<String, String> headers) {
        var entity = response.getEntity();
        return entity == null
                        || entity.getContentLength() < 0
                        || DecodeBody.isEncoded(headers.getOrDefault("content-encoding", ""))
                ? OptionalLong.empty()
                : OptionalLong.of(entity.getContentLength());
    }

    /** Never from TLS to none. */
    private static <T> Visited<T> redirect(URI from, @Nullable String to) {
        try {
            var url = from.resolve(to == null ? "" : to);
            return to == null || !isWeb(url) || (isTls(from) && !isTls(url))
                    ? failed(Why.REDIRECT, "leads to no other URL")
                    : new Visited.Elsewhere<>(url);
        } catch (IllegalArgumentException _) {
            return failed(Why.REDIRECT, "leads to no other URL");
        }
    }

    private static OutboundCall redirected(OutboundCall call, URI url) {
        var isSameHost =
                host(call.url()).equalsIgnoreCase(Optional.ofNullable(url.getHost()).orElse(""));
        return new OutboundCall(
                call.workspace(),
                call.method(),
                url,
                isSameHost ? call.headers() : Map.of(),
                call.body(),
                call.reach(),
                call.bounds());
    }

    private static <T> Visited<T> failed(Exception e, Deadline deadline, Duration time) {
        return new Visited.Done<>(explain(e, deadline, time));
    }

    static <T> Failed<T> explain(Exception e, Deadline deadline, Duration time) {
        if (deadline.isOver()) {
            return new Failed<>(
                    Why.TIMEOUT, "gave no complete answer within " + time.toSeconds() + " seconds");
        }
        return switch (e) {
            case BoundedBody.TooLarge large -> new Failed<>(Why.TOO_LARGE, text(large));
            case BoundedBody.TooSlow slow -> new Failed<>(Why.TIMEOUT, text(slow));
            case DecodeBody.UnknownEncoding unknown -> new Failed<>(Why.PROTOCOL, text(unknown));
            case SSLException _ -> new Failed<>(Why.TLS, "has no TLS that can be trusted");
            case ZipException _,
                    MessageConstraintException _,
                    HttpException _,
                    IllegalArgumentException _ ->
                    new Failed<>(Why.PROTOCOL, "answers with something that isn't valid HTTP");
            case ConnectException _, NoRouteToHostException _ ->
                    new Failed<>(Why.CONNECTION, "can't be reached: the connection failed");
            default -> new Failed<>(Why.CONNECTION, "ended the connection before it had answered");
        };
    }

    private static String text(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static <T> Visited<T> failed(Why why, String reason) {
        return new Visited.Done<>(new Failed<>(why, reason));
    }

    private static boolean isWeb(URI url) {
        return isTls(url) || "http".equalsIgnoreCase(url.getScheme());
    }

    static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** An IPv6 address without its brackets. */
    static String host(URI url) {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : isTls(url) ? 443 : 80;
    }
}
