package dev.postrider.boot.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Does what a newcomer would do, over HTTP like any client: logs in, connects a sandbox mailbox,
 * sends an email, looks at what arrived.
 */
final class Demo {
    static final String USER = "demo@example.com";
    static final String PASSWORD = "postrider-demo";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final PrintStream out;

    Demo(int port, PrintStream out) {
        this.base = "http://localhost:" + port;
        this.out = out;
    }

    /**
     * Sends the email.
     *
     * @return whether it arrived
     */
    boolean run() throws IOException, InterruptedException {
        var token = token();
        var mailbox = mailbox(token);
        var subject = "Hello from Postrider";
        var request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("to", "Grace Hopper <grace@example.com>")
                        .put("subject", subject)
                        .put("message", "It works: one HTTP call, and this email is on its way.\n");
        out.println("\nPOST /smtp/send-email " + request);
        var answer = call(post("/smtp/send-email", token, request.toString()), 200);
        out.println(answer);
        var messages =
                call(get("/mailboxes/" + mailbox + "/sandbox?limit=1", token), 200).path("data");
        if (messages.isEmpty()) {
            out.println("\nIt did not arrive.");
            return false;
        }
        var path = "/mailboxes/" + mailbox + "/sandbox/" + messages.get(0).path("id").textValue();
        var raw = http.send(get(path, token), HttpResponse.BodyHandlers.ofString()).body();
        out.println("\nIt arrived:\n");
        raw.lines().forEach(line -> out.println("    " + line));
        return raw.contains(subject);
    }

    void printWhatNext() {
        out.println(
                """

                Try next:
                  %1$s/docs                 every operation; Authorize with %2$s / %3$s
                  TOKEN=$(curl -s %1$s/token -d grant_type=password -d username=%2$s -d password=%3$s \\
                    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl %1$s/smtp/send-email -H "Authorization: Bearer $TOKEN" --json \\
                    '{"to":"you@example.com","subject":"Hi","message":"Hello!"}'
                A real mailbox: README.md, "Send through a real mailbox". Ctrl-C ends the demo.\
                """
                        .formatted(base, USER, PASSWORD));
    }

    String token() throws IOException, InterruptedException {
        var form =
                "grant_type=password&username="
                        + URLEncoder.encode(USER, StandardCharsets.UTF_8)
                        + "&password="
                        + PASSWORD;
        var request =
                HttpRequest.newBuilder(URI.create(base + "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        return call(request, 200).path("access_token").textValue();
    }

    /** The sandbox mailbox of this demo, or of an earlier one on the same data. */
    private String mailbox(String token) throws IOException, InterruptedException {
        var mailboxes = call(get("/mailboxes", token), 200).path("data");
        for (var mailbox : mailboxes) {
            if (mailbox.path("address").textValue().equals(USER)) {
                return mailbox.path("id").textValue();
            }
        }
        var request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("address", USER)
                        .put("display_name", "Postrider Demo")
                        .put("provider", "sandbox");
        return call(post("/mailboxes", token, request.toString()), 201).path("id").textValue();
    }

    private HttpRequest get(String path, String token) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private HttpRequest post(String path, String token, String json) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private JsonNode call(HttpRequest request, int expected)
            throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(
                    request.method()
                            + " "
                            + request.uri()
                            + " answered "
                            + answer.statusCode()
                            + ": "
                            + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
