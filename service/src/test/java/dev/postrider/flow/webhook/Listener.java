package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An application that is called: a real HTTP server which keeps what it was told. */
public final class Listener implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /** Set by a test, read by the server's threads. */
    private volatile Reaction reaction = exchange -> answer(exchange, 200);

    /** What the application does with a call that it has kept. */
    interface Reaction {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** A call as it came. */
    public record Call(com.sun.net.httpserver.Headers headers, String body) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    private Listener(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::keep);
        server.start();
    }

    public static Listener start() {
        try {
            return new Listener(HttpServer.create(anyPort(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Listener startTls(SSLContext context) {
        try {
            var server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new Listener(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void keep(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(new Call(exchange.getRequestHeaders(), body));
            reaction.to(exchange);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void reacts(Reaction next) {
        reaction = next;
    }

    /** Answers each call with a status and these headers, names and values by turns. */
    public void answers(int status, String... headers) {
        reacts(exchange -> answer(exchange, status, headers));
    }

    static void answer(HttpExchange exchange, int status, String... headers) throws IOException {
        for (var i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    /** The same with a body. */
    public void says(int status, byte[] body) {
        reacts(exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    /** Waits for the next call. */
    public Call next() throws InterruptedException {
        var call = calls.poll(30, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("nobody called");
        }
        return call;
    }

    boolean isQuiet() {
        return calls.isEmpty();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hooks?of=postrider";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
