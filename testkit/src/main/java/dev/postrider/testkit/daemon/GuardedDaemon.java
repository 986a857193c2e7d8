package dev.postrider.testkit.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A daemon in the foreground that can't outlive the JVM: {@code guard.sh} kills it when this end of
 * a pipe closes.
 *
 * <p>Its output is a pipe as well, which all its processes hold: the end of that pipe says that the
 * last of them is gone.
 */
public final class GuardedDaemon implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process guard;
    private final ServerLog log;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    private GuardedDaemon(Process guard, ServerLog log) {
        this.guard = guard;
        this.log = log;
    }

    /** Returns when the daemon has said {@code readyWords}; by then it listens. */
    public static GuardedDaemon start(List<String> command, String readyWords, ServerLog log)
            throws IOException {
        var guarded = new ArrayList<>(List.of("sh", "-c", script(), "sh"));
        guarded.addAll(command);
        var guard = new ProcessBuilder(guarded).redirectErrorStream(true).start();
        var daemon = new GuardedDaemon(guard, log);
        Thread.ofPlatform()
                .daemon()
                .name("log of " + command.getFirst())
                .start(() -> daemon.follow(readyWords));
        if (!daemon.ready.completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS).join()) {
            daemon.close();
            throw new IllegalStateException(command + " did not start:\n" + log.text());
        }
        return daemon;
    }

    private void follow(String readyWords) {
        try (BufferedReader output = guard.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.append(line);
                if (line.contains(readyWords)) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.complete(false);
            gone.complete(true);
        }
    }

    private static String script() throws IOException {
        try (var file =
                Objects.requireNonNull(GuardedDaemon.class.getResourceAsStream("guard.sh"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether it runs, as far as anybody knows. */
    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Ends it at once, and returns when all its processes are gone. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!gone.completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS).join()) {
            throw new IllegalStateException("did not stop:\n" + log.text());
        }
    }
}
