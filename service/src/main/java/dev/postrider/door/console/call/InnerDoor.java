package dev.postrider.door.console.call;

import dev.postrider.identity.http.InnerCalls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * A port of the loopback at which this program answers itself, whatever the operator's port speaks.
 * Opened by the first call; who hasn't the secret gets nothing there.
 */
@Singleton
final class InnerDoor {
    static final String HOST = "127.0.0.1";

    private static final int FORBIDDEN = 403;

    private final InnerCalls innerCalls;
    private final Vertx vertx;

    /** Set once, before the first request. */
    private volatile @Nullable Router router;

    /** Written and read under the lock of this. */
    private @Nullable HttpServer server;

    InnerDoor(InnerCalls innerCalls, Vertx vertx) {
        this.innerCalls = innerCalls;
        this.vertx = vertx;
    }

    void register(@Observes Router all) {
        router = all;
    }

    synchronized int port() {
        if (server == null) {
            server =
                    vertx.createHttpServer(
                                    new HttpServerOptions()
                                            .setHost(HOST)
                                            .setPort(0)
                                            .setMaxHeaderSize(64 * 1024)
                                            .setMaxInitialLineLength(64 * 1024))
                            .requestHandler(this::answer)
                            .listen()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
        }
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        var all = router;
        if (all == null || !innerCalls.isOne(request)) {
            request.response().setStatusCode(FORBIDDEN).end();
        } else {
            all.handle(request);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (server != null) {
            server.close();
        }
    }
}
