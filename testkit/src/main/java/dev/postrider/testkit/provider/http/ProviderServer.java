package dev.postrider.testkit.provider.http;

import dev.postrider.testkit.wire.FreePort;
import dev.postrider.testkit.wire.LoopbackListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Serves routes on a port of 127.0.0.1, with or without TLS. */
public final class ProviderServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ProviderServer.class.getName());

    private final List<Route> routes;
    private final FaultScript faults;
    private final CallLog calls;
    private final @Nullable SSLContext tls;
    private final int port;

    /** A test writes and reads it. */
    private volatile LoopbackListener listener;

    /**
     * @param port 0 for one that stays free while this is down
     * @param tls null for none
     */
    public ProviderServer(int port, @Nullable SSLContext tls, List<Route> routes)
            throws IOException {
        this(port, tls, routes, new FaultScript(), new CallLog());
    }

    private ProviderServer(
            int port,
            @Nullable SSLContext tls,
            List<Route> routes,
            FaultScript faults,
            CallLog calls)
            throws IOException {
        this.faults = faults;
        this.calls = calls;
        this.port = port == 0 ? FreePort.find() : port;
        this.routes = List.copyOf(routes);
        this.tls = tls;
        this.listener = LoopbackListener.start(this.port, this::serve);
    }

    /** Another one of the same provider, with the same script and log. */
    public ProviderServer beside(List<Route> others) throws IOException {
        return new ProviderServer(0, tls, others, faults, calls);
    }

    public int port() {
        return port;
    }

    /** Scheme, host and port. */
    public String base() {
        return base("127.0.0.1:" + port());
    }

    /** The same, as a client addressed it. */
    public String base(String host) {
        return (tls == null ? "http://" : "https://") + host;
    }

    public FaultScript faults() {
        return faults;
    }

    public CallLog calls() {
        return calls;
    }

    /** Ends all connections and listens no more; what it knows stays. */
    public void goDown() {
        listener.close();
    }

    /** Listens again on the same port. */
    public void comeBack() {
        listener = LoopbackListener.start(port, this::serve);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void serve(Socket socket) throws IOException {
        try (var connection = new ServerConnection(socket, tls)) {
            for (Request head = connection.readHead(); head != null; head = connection.readHead()) {
                if (!serve(connection, head)) {
                    return;
                }
            }
        }
    }

    /** Whether the connection goes on. */
    private boolean serve(ServerConnection connection, Request head) throws IOException {
        for (Route route : routes) {
            var segments = route.match(head);
            if (segments.isPresent()) {
                return serve(connection, route, head.withSegments(segments.get()));
            }
        }
        connection.readBody(head);
        return connection.write(
                head,
                Response.json(
                        404,
                        Json.object()
                                .put("error", "no route " + head.method() + " " + head.path())));
    }

    private boolean serve(ServerConnection connection, Route route, Request head)
            throws IOException {
        calls.begun(route.endpoint());
        Fault fault = faults.take(route.endpoint(), head);
        if (fault instanceof Fault.ResetBeforeBody) {
            calls.ended(route.endpoint(), head, 0);
            return connection.reset();
        }
        if (fault instanceof Fault.AnswerBeforeBody(var response)) {
            calls.ended(route.endpoint(), head, response.status());
            connection.write(head, response);
            return connection.reset();
        }
        Request request = connection.readBody(head);
        Reply reply = reply(route, request, fault);
        calls.ended(route.endpoint(), request, reply.status());
        return switch (reply) {
            case Reply.Whole(var response) -> connection.write(request, response);
            case Reply.Half(var response) -> connection.writeHalf(response);
            case Reply.Reset _ -> connection.reset();
        };
    }

    private static Reply reply(Route route, Request request, Fault fault) {
        try {
            return new MeetFault(route, request).reply(fault);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a bug of this server, at " + route.endpoint(), e);
            return new Reply.Whole(
                    Response.json(501, Json.object().put("error", "a bug of the fake: " + e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Reset();
        }
    }
}
