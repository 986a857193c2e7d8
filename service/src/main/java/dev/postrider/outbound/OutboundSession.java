package dev.postrider.outbound;

import dev.postrider.outbound.CallResult.Answered;
import dev.postrider.outbound.CallResult.Failed;
import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.SessionResult.Answer;
import dev.postrider.outbound.SessionResult.NotSent;
import dev.postrider.outbound.SessionResult.Unanswered;
import dev.postrider.outbound.guard.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server, one after the other, over connections that are kept between them, and
 * that all sessions of a client with that server share: to an address that the guard has checked
 * when it was opened, for a short while. A connection that the server has closed meanwhile is
 * noticed before a request leaves. No request is ever made twice, but for one that can't have left
 * whole over a kept connection. For one thread at a time; whoever interrupts it cuts the
 * connection.
 */
public final class OutboundSession implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final OutboundClient client;
    private final SSLSocketFactory tls;
    private final UUID workspace;
    private final URI origin;
    private final OutboundCall.Reach reach;
    private final IdleConnections idle;

    /** The one that the next request goes over; between requests anybody may have it. */
    private @Nullable KeptConnection kept;

    private Optional<String> server = Optional.empty();
    private Optional<String> secured = Optional.empty();

    OutboundSession(
            OutboundClient client,
            SSLSocketFactory tls,
            IdleConnections idle,
            UUID workspace,
            URI origin,
            OutboundCall.Reach reach) {
        this.client = client;
        this.tls = tls;
        this.idle = idle;
        this.workspace = workspace;
        this.origin = origin;
        this.reach = reach;
    }

    /** A failure to connect, or none. */
    public Optional<NotSent<Void>> open() {
        return open(true);
    }

    /**
     * Has a connection.
     *
     * @param mayBeUsed whether it may have been used before
     */
    private Optional<NotSent<Void>> open(boolean mayBeUsed) {
        if (mayBeUsed && kept != null && kept.isUsable()) {
            return Optional.empty();
        }
        discard();
        if (mayBeUsed) {
            kept = idle.take(origin).orElse(null);
        }
        return kept == null ? connect() : Optional.empty();
    }

    private Optional<NotSent<Void>> connect() {
        var deadline = new Deadline(CONNECT);
        try {
            return switch (client.resolve(workspace, origin, reach)) {
                case Resolution.Refused(var reason) ->
                        Optional.of(new NotSent<>(Why.REFUSED, reason));
                case Resolution.Unresolved(var reason) ->
                        Optional.of(new NotSent<>(Why.UNRESOLVED, reason));
                case Resolution.Reachable reachable -> {
                    kept = connect(reachable, deadline);
                    yield Optional.empty();
                }
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(new NotSent<>(Why.CONNECTION, "wasn't reached: it was interrupted"));
        } catch (IOException e) {
            Failed<Void> failed = OutboundClient.explain(e, deadline, CONNECT);
            return Optional.of(new NotSent<>(failed.why(), failed.reason()));
        }
    }

    private KeptConnection connect(Resolution.Reachable reachable, Deadline deadline)
            throws IOException {
        var socket = new PinnedSocket(deadline);
        var isOpen = false;
        try {
            socket.connect(reachable.addresses(), OutboundClient.port(origin));
            if (OutboundClient.isTls(origin)) {
                socket.secure(tls, OutboundClient.host(origin), OutboundClient.port(origin));
            }
            var connected = new KeptConnection(socket);
            // while it waits for its first request, no time cuts it
            socket.rest();
            isOpen = true;
            return connected;
        } finally {
            if (!isOpen) {
                socket.close();
            }
        }
    }

    /** Makes a request; the sink gets the body of any answer. */
    public <T> SessionResult<T> exchange(SessionRequest request, BodySink<T> sink) {
        var isFirst = true;
        while (true) {
            var failed = open(isFirst);
            if (failed.isPresent()) {
                return new NotSent<>(failed.get().why(), failed.get().reason());
            }
            var over = Objects.requireNonNull(kept);
            var mayBeStale = isFirst && !over.isFresh();
            over.use();
            remember(over);
            var result = exchange(over, request, sink);
            if (!(result instanceof NotSent<T>)
                    || !mayBeStale
                    || Thread.currentThread().isInterrupted()) {
                return result;
            }
            isFirst = false;
        }
    }

    private <T> SessionResult<T> exchange(
            KeptConnection over, SessionRequest request, BodySink<T> sink) {
        var deadline = new Deadline(request.bounds().time());
        var progress = new RequestProgress(request.mayLeave());
        var isKept = false;
        try {
            over.socket.until(deadline);
            var sent = message(over, request, progress);
            if (!write(over, sent, progress)) {
                return early(read(over.connection, sent, request, sink).answer());
            }
            var answer = read(over.connection, sent, request, sink);
            isKept = answer.isKept();
            return new Answer<>(answer.answer());
        } catch (RequestProgress.Withdrawn _) {
            return new SessionResult.Withdrawn<>();
        } catch (RequestBody.Unreadable e) {
            return new SessionResult.Unreadable<>(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Unanswered<>(Why.CONNECTION, "gave no answer: it was interrupted");
        } catch (IOException | HttpException | IllegalArgumentException e) {
            Failed<T> failed = OutboundClient.explain(e, deadline, request.bounds().time());
            return progress.isComplete()
                    ? new Unanswered<>(failed.why(), failed.reason())
                    : new NotSent<>(failed.why(), failed.reason());
        } finally {
            over.rest();
            if (isKept) {
                close();
            } else {
                discard();
            }
        }
    }

    private ClassicHttpRequest message(
            KeptConnection over, SessionRequest request, RequestProgress progress) {
        var message = new BasicClassicHttpRequest(request.method(), request.target());
        message.setHeader("Host", origin.getRawAuthority());
        message.setHeader("User-Agent", "Postrider");
        message.setHeader("Accept-Encoding", "identity");
        request.headers().forEach(message::setHeader);
        request.body()
                .filter(body -> body.length() > 0)
                .ifPresentOrElse(
                        body -> {
                            message.setHeader("Content-Length", body.length());
                            message.setEntity(
                                    new EntityTemplate(
                                            body.length(),
                                            ContentType.APPLICATION_OCTET_STREAM,
                                            null,
                                            out ->
                                                    progress.write(
                                                            body,
                                                            new UntilAnswered(
                                                                    out,
                                                                    over.socket,
                                                                    over.connection))));
                        },
                        () -> {
                            if (request.method().equals("POST")) {
                                message.setHeader("Content-Length", 0);
                            }
                        });
        return message;
    }

    /** False when the server has answered before it had all of it. */
    private static boolean write(
            KeptConnection over, ClassicHttpRequest message, RequestProgress progress)
            throws IOException, HttpException {
        var connection = over.connection;
        if (message.getEntity() == null) {
            progress.complete();
            connection.sendRequestHeader(message);
            connection.flush();
            return true;
        }
        try {
            connection.sendRequestHeader(message);
            connection.sendRequestEntity(message);
            connection.flush();
            return true;
        } catch (RequestProgress.Withdrawn | RequestBody.Unreadable e) {
            throw e;
        } catch (IOException e) {
            if (!progress.isComplete() && UntilAnswered.hasAnswer(e, connection)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * It was refused by its head or its size (RFC 9112 section 9.3), or the server failed; what it
     * hasn't had whole it can't have taken.
     */
    private static <T> SessionResult<T> early(Answered<T> answer) {
        return answer.status() >= 400 && answer.status() < 500
                ? new Answer<>(answer)
                : new NotSent<>(
                        Why.CONNECTION,
                        "answered " + answer.status() + " before it had all of the request");
    }

    private record Read<T>(Answered<T> answer, boolean isKept) {}

    private static <T> Read<T> read(
            HttpClientConnection connection,
            ClassicHttpRequest sent,
            SessionRequest request,
            BodySink<T> sink)
            throws IOException, HttpException, InterruptedException {
        var response = OutboundClient.head(connection);
        var headers = OutboundClient.headers(response);
        OutboundClient.receiveEntity(connection, response);
        var body =
                OutboundClient.body(
                        request.bounds(), response, headers.getOrDefault("content-encoding", ""));
        var taken = sink.take(body, OutboundClient.length(response, headers));
        return new Read<>(
                new Answered<>(response.getCode(), headers, taken),
                DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                                sent, response, HttpCoreContext.create())
                        && isAtItsEnd(body));
    }

    /** The rest of an answer that nobody wants would be the next one's beginning. */
    private static boolean isAtItsEnd(InputStream body) {
        try {
            return body.read() < 0;
        } catch (IOException _) {
            return false;
        }
    }

    private void remember(KeptConnection connection) {
        server =
                Optional.of(
                        OutboundClient.host(origin)
                                + ":"
                                + OutboundClient.port(origin)
                                + " ("
                                + connection.address()
                                + ")");
        secured = connection.tls();
    }

    /** Host, port and address of its last connection; empty before there was one. */
    public Optional<String> server() {
        return server;
    }

    /** Its protocol and cipher; empty without TLS. */
    public Optional<String> tls() {
        return secured;
    }

    /** Its connection is for whoever is next; another request would take one. */
    @Override
    public void close() {
        if (kept != null) {
            idle.giveBack(origin, kept);
            kept = null;
        }
    }

    private void discard() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
