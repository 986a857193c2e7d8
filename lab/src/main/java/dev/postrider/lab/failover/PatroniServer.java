package dev.postrider.lab.failover;

import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A PostgreSQL under its Patroni, which die, stop and go on together like a machine of their own.
 * They end with this process however that ends.
 */
final class PatroniServer implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER)
                    .build();

    /**
     * Ends both when nobody holds the standard input any more. PostgreSQL is no child of Patroni's,
     * so that it can outlive it; KILL ends what is stopped, too.
     */
    private static final String GUARD =
            """
            folder=$1
            shift
            "$@" >> "$folder/patroni.log" 2>&1 &
            patroni=$!
            trap '' HUP INT TERM
            cat > /dev/null
            kill -KILL "$patroni"
            postmaster=$(head -n 1 "$folder/data/postmaster.pid")
            kill -KILL "$postmaster" $(pgrep -P "$postmaster")
            wait
            """;

    private final String name;
    private final Path folder;
    private final int port;
    private final int apiPort;
    private Process guard;

    private PatroniServer(String name, Path folder, int port, int apiPort) throws IOException {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.apiPort = apiPort;
        this.guard = serve();
    }

    /** Starts it, and doesn't wait. */
    static PatroniServer start(String name, Path folder, PatroniSettings settings)
            throws IOException {
        var port = FreePort.find();
        var apiPort = FreePort.find();
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("patroni.yml"), settings.text(name, folder, port, apiPort));
        OwnPostgres.giveToPostgres(folder);
        return new PatroniServer(name, folder, port, apiPort);
    }

    private Process serve() throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
        command.addAll(OwnPostgres.asPostgres("patroni", folder.resolve("patroni.yml").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    int apiPort() {
        return apiPort;
    }

    /** Whether it says of itself that it is {@code "primary"}, {@code "synchronous"}, … */
    boolean is(String role) throws InterruptedException {
        return ask(request("/" + role).GET()).filter(answer -> answer == 200).isPresent();
    }

    /** The answer's status; empty without one. */
    Optional<Integer> post(String path, String json) throws InterruptedException {
        return ask(
                request(path)
                        .timeout(END)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .timeout(ANSWER);
    }

    private static Optional<Integer> ask(HttpRequest.Builder request) throws InterruptedException {
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return Optional.of(answer.statusCode());
        } catch (IOException _) {
            // it is dead, stopped or just starting
            return Optional.empty();
        }
    }

    /** SIGKILL for all, Patroni first: it would start the other again. */
    void kill() throws IOException, InterruptedException {
        var all = new ArrayList<>(guard.children().toList());
        all.addAll(postgres());
        guard.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            awaitEnd(each);
        }
    }

    private void awaitEnd(ProcessHandle process) throws IOException, InterruptedException {
        try {
            var _ = process.onExit().get(END.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(name + ": process " + process.pid() + " doesn't end", e);
        }
    }

    /** On its data, as when its machine is switched on again. */
    void restart() throws IOException {
        guard = serve();
    }

    /** SIGSTOP for all: nobody hears of it. */
    void stop() throws IOException, InterruptedException {
        signal("STOP", guard.children());
        // it makes no more processes then
        signal("STOP", postgres().stream().limit(1));
        signal("STOP", postgres().stream().skip(1));
    }

    /** SIGCONT for PostgreSQL alone, which believes to be what it was. */
    void goOnWithoutPatroni() throws IOException, InterruptedException {
        signal("CONT", postgres().stream());
    }

    void goOn() throws IOException, InterruptedException {
        goOnWithoutPatroni();
        signal("CONT", guard.children());
    }

    /** The first process, then its children; none when it doesn't run. */
    private List<ProcessHandle> postgres() throws IOException {
        var file = folder.resolve("data").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return List.of();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                // a file that a kill has left may name another's process by now
                .filter(first -> first.info().command().orElse("").endsWith("/postgres"))
                .stream()
                .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                .toList();
    }

    private static void signal(String name, Stream<ProcessHandle> processes)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(each -> command.add(String.valueOf(each.pid())));
        if (command.size() > 2) {
            // one of them may just have ended
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** At once: nobody needs the data again. */
    @Override
    public void close() throws IOException, InterruptedException {
        kill();
    }
}
