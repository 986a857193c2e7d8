package dev.postrider.bench.apis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * What any program could do without us: loops around the JDK's HTTP client. They keep nothing, and
 * know nothing after a crash. A process of its own, which says when it is warm and when it is done,
 * with the times that its emails took.
 */
final class PlainLoop {
    /** As many as a mailbox of ours has at once. */
    private static final int CONNECTIONS = 2;

    private final Scenario scenario;
    private final String base;
    private final HttpClient http;
    private final List<String> tokens;
    private final Queue<Long> times = new ConcurrentLinkedQueue<>();

    private PlainLoop(Scenario scenario, int port, Path folder) throws IOException {
        this.scenario = scenario;
        this.base = "https://127.0.0.1:" + port;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(
                                PrivateAuthority.trusting(
                                        Files.readString(folder.resolve("authority.pem"))))
                        .build();
        this.tokens = Files.readAllLines(folder.resolve("tokens"));
    }

    /** Arguments: the scenario's key, a port, the folder, seconds to warm up and to measure. */
    public static void main(String... arguments) throws Exception {
        var scenario =
                Scenario.all().stream()
                        .filter(each -> each.key().equals(arguments[0]))
                        .findFirst()
                        .orElseThrow();
        var loop = new PlainLoop(scenario, Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        loop.run(Duration.ofSeconds(Long.parseLong(arguments[3])));
        loop.times.clear();
        System.out.println("warm");
        loop.run(Duration.ofSeconds(Long.parseLong(arguments[4])));
        System.out.println(
                scenario.kind() == Scenario.Kind.SELDOM
                        ? loop.times.stream().map(String::valueOf).collect(Collectors.joining(" "))
                        : "");
        byte[] _ = System.in.readAllBytes();
    }

    private void run(Duration time) throws InterruptedException, IOException {
        var end = System.nanoTime() + time.toNanos();
        var loops = new ArrayList<Callable<Boolean>>();
        switch (scenario.kind()) {
            case FULL -> {
                for (var i = 0; i < CONNECTIONS; i++) {
                    loops.add(() -> loop(0, 1, 0, end));
                }
            }
            case PACED -> {
                var pause =
                        (long) (1e9 * scenario.mailboxes() / scenario.perSecond().orElseThrow());
                for (var i = 0; i < scenario.mailboxes(); i++) {
                    var mailbox = i;
                    loops.add(() -> loop(mailbox, 0, pause, end));
                }
            }
            case SELDOM -> loops.add(() -> loop(0, 1, 0, end));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(loops)) {
                var _ = each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a loop has failed", e.getCause());
        }
    }

    /**
     * Sends until the end.
     *
     * @param step to the next email's mailbox
     * @param pause from an email's beginning to the next one's
     */
    private boolean loop(int first, int step, long pause, long end)
            throws IOException, InterruptedException {
        var mailbox = first;
        // not all in the same moment
        var next = System.nanoTime() + pause * first / scenario.mailboxes();
        while (next < end) {
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            var begun = System.nanoTime();
            send(mailbox);
            times.add(System.nanoTime() - begun);
            mailbox = (mailbox + step) % scenario.mailboxes();
            next = Math.max(next + pause, System.nanoTime());
        }
        return true;
    }

    private void send(int mailbox) throws IOException, InterruptedException {
        var message = Content.message(Servers.address(mailbox), scenario.octets());
        var request =
                switch (scenario.wire()) {
                    case GMAIL ->
                            request(
                                    mailbox,
                                    "/gmail/v1/users/me/messages/send",
                                    "application/json",
                                    "{\"raw\":\""
                                            + Base64.getUrlEncoder().encodeToString(message)
                                            + "\"}");
                    case MICROSOFT ->
                            request(
                                    mailbox,
                                    "/v1.0/me/sendMail",
                                    "text/plain",
                                    Base64.getEncoder().encodeToString(message));
                    case SMTP -> throw new IllegalStateException("no HTTP");
                };
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest request(int mailbox, String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + tokens.get(mailbox))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(US_ASCII)))
                .build();
    }
}
