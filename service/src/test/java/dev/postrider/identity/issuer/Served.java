package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An endpoint that answers with JSON. */
record Served(HttpServer server, AtomicInteger calls, AtomicReference<String> last)
        implements AutoCloseable {
    interface Answer {
        String to(String request);
    }

    static Served json(Answer answer) throws IOException {
        var calls = new AtomicInteger();
        var last = new AtomicReference<>("");
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        calls.incrementAndGet();
                        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                        last.set(exchange.getRequestHeaders().getFirst("Authorization") + body);
                        var octets = answer.to(body).getBytes(UTF_8);
                        exchange.getResponseHeaders().add("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, octets.length);
                        exchange.getResponseBody().write(octets);
                    }
                });
        server.start();
        return new Served(server, calls, last);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/here");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
