package dev.postrider.bench.rig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** One HTTP/1.1 connection that stays open, with one request at a time. For one thread. */
public final class Client implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final SocketChannel channel;
    private final byte[] in = new byte[16 * 1024];
    private final ByteBuffer inBuffer = ByteBuffer.wrap(in);
    private int number;

    /** One that blocks. */
    public Client(int port) throws IOException {
        this.channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** One that doesn't; the selector's key has it attached. */
    public Client(int port, Selector selector) throws IOException {
        this(port);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Posts and waits for the answer's status. */
    public int post(byte[] request) throws IOException {
        send(ByteBuffer.wrap(request), 0);
        var status = read();
        while (status == 0) {
            status = read();
        }
        return status;
    }

    /**
     * Posts.
     *
     * @param request that fits into the socket's buffer, or this spins
     */
    public void send(ByteBuffer request, int as) throws IOException {
        number = as;
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** The number of the request that waits for its answer, or was answered last. */
    public int number() {
        return number;
    }

    /**
     * Reads what has come.
     *
     * @return the answer's status, 0 as long as it isn't whole
     */
    public int read() throws IOException {
        if (channel.read(inBuffer) < 0) {
            throw new EOFException("the program closed a connection");
        }
        var length = inBuffer.position();
        var end = endOfHead(length);
        if (end < 0) {
            return 0;
        }
        var head = new String(in, 0, end, ISO_8859_1).toLowerCase(Locale.ROOT);
        var at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("an answer without a length: " + head);
        }
        var lineEnd = head.indexOf('\r', at);
        var body = Integer.parseInt(head.substring(at + LENGTH.length(), lineEnd).strip());
        if (length < end + body) {
            return 0;
        }
        inBuffer.clear();
        return Integer.parseInt(head.substring(9, 12));
    }

    /** Where the body begins; -1 when that hasn't come. */
    private int endOfHead(int length) {
        for (var i = 3; i < length; i++) {
            if (in[i] == '\n' && in[i - 1] == '\r' && in[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The last answer, for a message about it. */
    public String answer() {
        return new String(in, ISO_8859_1).strip().replace("\0", "");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
