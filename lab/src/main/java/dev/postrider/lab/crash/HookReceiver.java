package dev.postrider.lab.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An application that is told by webhook what happens to its users' mailboxes. */
public final class HookReceiver implements AutoCloseable {
    static final List<String> EVENTS =
            List.of(
                    "mailbox.connected",
                    "mailbox.held",
                    "mailbox.released",
                    "provider_app.failing",
                    "provider_app.recovered");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    /** By the event's id: a call may come again. */
    private final Map<String, String> types = new ConcurrentHashMap<>();

    private HookReceiver(HttpServer server) {
        this.server = server;
    }

    public static HookReceiver start() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var receiver = new HookReceiver(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            types.put(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    body.path("type").asText());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** The ids of the events that it was told of. */
    public Set<String> told() {
        return Set.copyOf(types.keySet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
