package dev.postrider.testkit.script;

import dev.postrider.testkit.wire.LoopbackListener;
import dev.postrider.testkit.wire.Peer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Plays a written conversation, one script a connection. A line of it is one of:
 *
 * <pre>
 * S: text        the server says this line; consecutive ones leave together
 * C: text        the client must say exactly this line
 * -- tls         a TLS handshake; "tls 1.2" allows no other version
 * -- wait        the client must have said nothing yet
 * -- close       the server closes
 * -- reset       the server resets the connection
 * -- silence     the server says no more and waits for the client to close
 * </pre>
 *
 * Replies come only after all {@code C:} lines before them, so a script with three commands before
 * three replies shows that the client pipelines. The end of the script waits for the client to
 * close.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final LoopbackListener listener;
    private final List<CompletableFuture<Void>> ends;

    private ScriptedServer(LoopbackListener listener, List<CompletableFuture<Void>> ends) {
        this.listener = listener;
        this.ends = ends;
    }

    public static ScriptedServer play(String... scripts) {
        return play(null, scripts);
    }

    public static ScriptedServer play(@Nullable SSLContext tls, String... scripts) {
        var next = new AtomicInteger();
        List<CompletableFuture<Void>> ends =
                List.of(scripts).stream().map(_ -> new CompletableFuture<Void>()).toList();
        var listener =
                LoopbackListener.start(socket -> {
                    int number = next.getAndIncrement();
                    if (number < scripts.length) {
                        perform(
                                new Script(scripts[number], new Peer(socket), tls),
                                ends.get(number));
                    }
                });
        return new ScriptedServer(listener, ends);
    }

    private static void perform(Script script, CompletableFuture<Void> end) {
        try {
            script.perform();
            end.complete(null);
        } catch (IOException | AssertionError e) {
            end.completeExceptionally(e);
        }
    }

    public int port() {
        return listener.port();
    }

    /**
     * Waits until every script was played to its end.
     *
     * @throws AssertionError if the client said something else
     */
    public void awaitEnd() {
        for (CompletableFuture<Void> end : ends) {
            try {
                end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(String.valueOf(e.getCause()), e);
            } catch (TimeoutException e) {
                throw new AssertionError("the script didn't end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
