package dev.postrider.testkit.program;

import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running {@code ./postrider serve}. */
public final class Program implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private Program(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /**
     * A command of it that isn't started yet, in this process's environment without its settings of
     * Postrider. Errors go where the output goes.
     *
     * @param launcher the script {@code postrider}
     * @param settings environment variables
     * @param words the command and its arguments
     */
    public static ProcessBuilder command(
            Path launcher, Map<String, String> settings, String... words) {
        var builder =
                new ProcessBuilder(
                                Stream.concat(Stream.of(launcher.toString()), Stream.of(words))
                                        .toList())
                        .redirectErrorStream(true);
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        name.startsWith("POSTRIDER_") && !name.equals("POSTRIDER_JAVA_OPTIONS"));
        // the sources may change while it runs; its programs are all the same
        environment.put("POSTRIDER_BUILT", "yes");
        environment.putAll(settings);
        return builder;
    }

    /**
     * Starts it, and doesn't wait.
     *
     * @param launcher the script {@code postrider}
     * @param settings environment variables; the ports are chosen here unless they are given
     * @param log gets what it writes, behind what is in there already
     */
    public static Program start(Path launcher, Map<String, String> settings, Path log)
            throws IOException {
        var builder = command(launcher, settings, "serve");
        var environment = builder.environment();
        environment.putIfAbsent("POSTRIDER_HTTP_PORT", String.valueOf(FreePort.find()));
        environment.putIfAbsent("POSTRIDER_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Program(
                builder.start(),
                Integer.parseInt(environment.get("POSTRIDER_HTTP_PORT")),
                Integer.parseInt(environment.get("POSTRIDER_MANAGEMENT_PORT")),
                log);
    }

    /** Waits until it is ready to serve. */
    public Program awaitReady() throws IOException, InterruptedException {
        var ready =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        var end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (HTTP.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return this;
                }
            } catch (IOException _) {
                // Not yet: it doesn't listen, or it is just starting to.
            }
            Thread.sleep(10);
        }
        throw new IOException("the program doesn't start; its words are in " + log);
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until it has ended by itself, and returns its exit status.
     *
     * @throws IOException when it goes on
     */
    public int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the program goes on; its words are in " + log);
        }
        return process.exitValue();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * SIGTERM; returns when it has ended.
     *
     * @throws IOException when it doesn't
     */
    public void end() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the program doesn't end; its words are in " + log);
        }
    }

    /** Sends a signal, for example {@code "STOP"}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    /** SIGTERM, and SIGKILL when that isn't heard. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
