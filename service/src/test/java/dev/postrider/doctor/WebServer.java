package dev.postrider.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A web server on loopback that answers every question alike. */
final class WebServer implements AutoCloseable {
    private final HttpServer server;

    WebServer(int status, String page) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var octets = page.getBytes(UTF_8);
                        exchange.sendResponseHeaders(status, octets.length);
                        exchange.getResponseBody().write(octets);
                    }
                });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
