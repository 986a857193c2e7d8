package dev.postrider.bench.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** One connection of a {@link LoopSink}: PIPELINING, 8BITMIME, DATA. Owned by its loop's thread. */
final class LoopSession {
    private static final int CAPACITY = 256 * 1024;
    private static final byte[] GREETING = octets("220 sink.test ESMTP\r\n");
    private static final byte[] HELLO =
            octets(
                    "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n");
    private static final byte[] TAKEN = octets("250 2.0.0 Ok\r\n");
    private static final byte[] GO_AHEAD = octets("354 End data with <CR><LF>.<CR><LF>\r\n");
    private static final byte[] BYE = octets("221 2.0.0 Bye\r\n");
    private static final byte[] UNKNOWN = octets("500 5.5.2 What?\r\n");

    private final ByteChannel channel;
    private final byte[] in = new byte[CAPACITY];
    private final ByteBuffer inBuffer = ByteBuffer.wrap(in);
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY);
    private boolean inData;
    private boolean open = true;

    /** Greets. */
    LoopSession(ByteChannel channel) throws IOException {
        this.channel = channel;
        out.put(GREETING);
        send();
    }

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }

    /** Takes what has come; false when the connection is over. */
    boolean serve() throws IOException {
        if (channel.read(inBuffer) < 0) {
            return false;
        }
        var limit = inBuffer.position();
        var from = 0;
        var next = end(from, limit);
        while (next > 0) {
            if (inData) {
                inData = false;
                out.put(TAKEN);
            } else {
                command(from);
            }
            from = next;
            next = end(from, limit);
        }
        keep(from, limit);
        send();
        return open;
    }

    /** Behind the command or the content that begins there; 0 when its end hasn't come. */
    private int end(int from, int limit) {
        if (!inData) {
            for (var i = from + 1; i < limit; i++) {
                if (in[i] == '\n' && in[i - 1] == '\r') {
                    return i + 1;
                }
            }
            return 0;
        }
        // RFC 5321 section 4.1.1.4; content here has lines, so it never begins with the dot
        for (var i = from + 4; i < limit; i++) {
            if (in[i] == '\n'
                    && in[i - 1] == '\r'
                    && in[i - 2] == '.'
                    && in[i - 3] == '\n'
                    && in[i - 4] == '\r') {
                return i + 1;
            }
        }
        return 0;
    }

    private void command(int from) {
        switch (in[from] & ~0x20) {
            case 'E', 'H' -> out.put(HELLO);
            case 'M', 'N' -> out.put(TAKEN);
            case 'R' -> out.put(TAKEN);
            case 'D' -> {
                inData = true;
                out.put(GO_AHEAD);
            }
            case 'Q' -> {
                open = false;
                out.put(BYE);
            }
            default -> out.put(UNKNOWN);
        }
    }

    /** Moves what isn't whole to the beginning; of content all but its last octets is dropped. */
    private void keep(int from, int limit) throws IOException {
        var start = inData ? Math.max(from, limit - 4) : from;
        if (!inData && limit - start == CAPACITY) {
            throw new IOException("a line without an end");
        }
        System.arraycopy(in, start, in, 0, limit - start);
        inBuffer.position(limit - start);
    }

    private void send() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }
}
