package dev.postrider.boot.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Sends as users would, for some seconds. */
public final class Rehearsal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "rehearsal@example.com";
    private static final String TEXT = "A line of the text of an email.\n".repeat(50);
    private static final Duration FOR_EACH = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOKS = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String management;
    private final String token;

    private Rehearsal(Ports ports, String token) {
        this.base = "http://127.0.0.1:" + ports.http();
        this.management = "http://127.0.0.1:" + ports.management();
        this.token = token;
    }

    /** The program's, which may reach loopback. */
    public record Ports(int http, int management) {}

    /**
     * Sends.
     *
     * @param token of a user who may do everything
     * @param folder for what it needs on disk
     * @return how many emails were taken
     */
    public static int run(Ports ports, String token, Path folder)
            throws IOException, InterruptedException {
        var certificate = ServerCertificate.make(folder);
        var hooks =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        hooks.createContext("/", Rehearsal::takeCall);
        hooks.start();
        try (var server = RehearsalServer.start(certificate.tls())) {
            var rehearsal = new Rehearsal(ports, token);
            rehearsal.watch();
            rehearsal.connectMailbox(server.port(), certificate.pem());
            var taken = rehearsal.send("/smtp/send-email", awaited(), 1);
            taken += rehearsal.send("/smtp/send-email", awaited(), 8);
            taken += rehearsal.send("/emails", queued(), 32);
            rehearsal.connectWebhook(hooks.getAddress().getPort());
            taken += rehearsal.send("/emails", queued(), 8);
            rehearsal.look();
            return taken;
        } finally {
            hooks.stop(0);
        }
    }

    private static void takeCall(HttpExchange call) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(204, -1);
        }
    }

    private static String awaited() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("to", "Grace Hopper <grace@example.com>")
                .put("subject", "An invoice")
                .put("message", TEXT)
                .toString();
    }

    private static String queued() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", ADDRESS)
                .put("to", "Grace Hopper <grace@example.com>")
                .put("subject", "An invoice")
                .put("text", TEXT)
                .toString();
    }

    private void connectMailbox(int port, String authority)
            throws IOException, InterruptedException {
        var mailbox = JsonNodeFactory.instance.objectNode().put("address", ADDRESS);
        mailbox.put("provider", "smtp")
                .putObject("smtp")
                .put("host", "127.0.0.1")
                .put("port", port)
                .put("tls", "starttls")
                .put("username", ADDRESS)
                .put("password", "rehearsal")
                .put("ca", authority);
        var _ = call(post("/mailboxes", mailbox.toString()));
    }

    private void connectWebhook(int port) throws IOException, InterruptedException {
        var webhook =
                JsonNodeFactory.instance.objectNode().put("endpoint", "http://127.0.0.1:" + port);
        webhook.putArray("events").add("email.sent");
        var _ = call(post("/webhooks", webhook.toString()));
    }

    /** As fast as so many callers do, each after the answer to its last one. */
    private int send(String path, String email, int callers)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + FOR_EACH.toNanos();
        Callable<Integer> caller =
                () -> {
                    var taken = 0;
                    while (System.nanoTime() < end) {
                        var answer = http.send(post(path, email), discarded());
                        taken += answer.statusCode() == 200 ? 1 : 0;
                    }
                    return taken;
                };
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var taken = 0;
            for (var each : threads.invokeAll(Collections.nCopies(callers, caller))) {
                taken += each.get();
            }
            return taken;
        } catch (ExecutionException e) {
            throw new IOException("an email can't be posted", e);
        }
    }

    /** As an orchestrator, without whose first look no start has ended. */
    private void watch() throws IOException, InterruptedException {
        for (var path : List.of("/health/ready", "/health/live", "/health", "/metrics")) {
            var answer = http.send(request(management + path).build(), discarded());
            if (answer.statusCode() != 200) {
                throw new IOException(path + " answered " + answer.statusCode());
            }
        }
    }

    /** As whoever wants to know what became of their emails. */
    private void look() throws IOException, InterruptedException {
        for (var i = 0; i < LOOKS; i++) {
            var emails = call(get("/emails?limit=20")).path("data");
            var _ = call(get("/emails/" + emails.path(i % 20).path("id").textValue()));
        }
    }

    private static HttpResponse.BodyHandler<Void> discarded() {
        return HttpResponse.BodyHandlers.discarding();
    }

    private HttpRequest get(String path) {
        return request(base + path).build();
    }

    private HttpRequest post(String path, String json) {
        return request(base + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode call(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
