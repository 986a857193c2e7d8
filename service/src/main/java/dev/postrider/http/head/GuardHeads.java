package dev.postrider.http.head;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/**
 * Puts a {@link HeadGuard} into each connection that the HTTP server takes. Nothing that the server
 * lets its users set reaches a connection before its first request, so this looks for the channels
 * that listen.
 */
@Singleton
final class GuardHeads {
    /** How Vert.x names the handler that makes requests of messages. */
    private static final String REQUESTS = "handler";

    private final VertxInternal vertx;

    GuardHeads(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    void plain(@ObservesAsync HttpServerStart started) {
        guard();
    }

    void tls(@ObservesAsync HttpsServerStart started) {
        guard();
    }

    private void guard() {
        for (var loop : vertx.getAcceptorEventLoopGroup()) {
            // only there they may be looked at
            loop.execute(() ->
                    ((SingleThreadEventLoop) loop)
                            .registeredChannelsIterator()
                            .forEachRemaining(GuardHeads::guard));
        }
    }

    private static void guard(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Accepted.class) == null) {
            channel.pipeline().addFirst(new Accepted());
        }
    }

    /** What comes in where it listens are connections. */
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object connection) {
            if (connection instanceof Channel channel) {
                channel.pipeline().addLast(new Install());
            }
            context.fireChannelRead(connection);
        }
    }

    /** Waits for the server's own handlers: behind a TLS handshake they come late. */
    private static final class Install extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            install(context);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object octets) {
            context.fireChannelRead(octets);
            install(context);
        }

        private void install(ChannelHandlerContext context) {
            var pipeline = context.pipeline();
            if (!context.isRemoved() && pipeline.get(REQUESTS) != null) {
                pipeline.addBefore(REQUESTS, null, new HeadGuard());
                pipeline.remove(this);
            }
        }
    }
}
