package dev.postrider.bench.flow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Takes mail with one thread in a process of its own, so that what it costs can be told from the
 * rest. Prints its port, and ends with its standard input.
 */
final class SinkProcess {
    private SinkProcess() {}

    public static void main(String... arguments) throws IOException {
        var ledger = Ledger.open(Path.of(arguments[0]));
        var listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
        System.out.println(listener.socket().getLocalPort());
        Thread.ofPlatform().daemon().start(() -> serve(listener, ledger));
        byte[] _ = System.in.readAllBytes();
    }

    private static void serve(ServerSocketChannel listener, Ledger ledger) {
        try (var selector = Selector.open()) {
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(key -> serve(key, selector, listener, ledger));
            }
        } catch (IOException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(
            SelectionKey key, Selector selector, ServerSocketChannel listener, Ledger ledger) {
        try {
            if (key.attachment() instanceof SinkConversation conversation) {
                conversation.read();
            } else {
                accept(listener.accept(), selector, ledger);
            }
        } catch (IOException _) {
            // The client hung up.
            key.cancel();
        }
    }

    private static void accept(SocketChannel channel, Selector selector, Ledger ledger)
            throws IOException {
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        var conversation = new SinkConversation(channel, ledger);
        channel.register(selector, SelectionKey.OP_READ, conversation);
        conversation.greet();
    }
}
