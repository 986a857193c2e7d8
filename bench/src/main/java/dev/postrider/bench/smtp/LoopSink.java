package dev.postrider.bench.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes mail and throws it away, for as little as it can cost: an event loop for each processor,
 * one read and one write for all that has come, no objects. It says what smtp-sink says, so clients
 * do with it what they do there; only it isn't the limit.
 */
final class LoopSink {
    private LoopSink() {}

    /** Starts so many loops; returns their port. They end with the process. */
    static int start(int threads) throws IOException {
        var loops = new ArrayList<Loop>();
        for (var i = 0; i < threads; i++) {
            var loop = new Loop(Selector.open(), new ConcurrentLinkedQueue<>());
            loops.add(loop);
            Thread.ofPlatform().name("sink-" + i).daemon().start(loop);
        }
        var listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
        Thread.ofPlatform().name("sink-accept").daemon().start(() -> accept(listener, loops));
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private static void accept(ServerSocketChannel listener, List<Loop> loops) {
        try {
            for (var i = 0; ; i++) {
                var channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                loops.get(i % loops.size()).take(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Loop(Selector selector, Queue<SocketChannel> arrived) implements Runnable {
        void take(SocketChannel channel) {
            arrived.add(channel);
            selector.wakeup();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    selector.select(Loop::serve);
                    for (var next = arrived.poll(); next != null; next = arrived.poll()) {
                        next.register(selector, SelectionKey.OP_READ, new LoopSession(next));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void serve(SelectionKey key) {
            var session = (LoopSession) key.attachment();
            try {
                if (!session.serve()) {
                    key.channel().close();
                }
            } catch (IOException _) {
                key.cancel();
            }
        }
    }
}
