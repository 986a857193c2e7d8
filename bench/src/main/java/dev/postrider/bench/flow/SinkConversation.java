package dev.postrider.bench.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection of the sink. It knows of SMTP what a correct client needs: every command is
 * granted, and told by its first letters alone.
 */
final class SinkConversation {
    private static final byte[] GREETING = line("220 sink.test ESMTP");
    private static final byte[] HELLO =
            line(
                    "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 52428800");
    private static final byte[] OK = line("250 2.0.0 Ok");
    private static final byte[] GO_AHEAD = line("354 Go ahead");
    private static final byte[] BYE = line("221 2.0.0 Bye");

    private final SocketChannel channel;
    private final Ledger ledger;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(16 * 1024);
    private boolean inData;
    private boolean leaving;

    /** What the recipient's address says, see {@link #number}. */
    private int number;

    SinkConversation(SocketChannel channel, Ledger ledger) {
        this.channel = channel;
        this.ledger = ledger;
    }

    void greet() throws IOException {
        out.put(GREETING);
        answer();
    }

    /** Reads what has come, and answers when the client has nothing more to say. */
    void read() throws IOException {
        if (channel.read(in) < 0) {
            channel.close();
            throw new EOFException();
        }
        in.flip();
        var going = true;
        while (going) {
            going = inData ? content() : command();
        }
        in.compact();
        answer();
        if (leaving) {
            channel.close();
        }
    }

    private boolean command() {
        var end = find('\n', in.position());
        if (end < 0) {
            return false;
        }
        switch ((char) in.get(in.position())) {
            case 'E' -> out.put(HELLO);
            case 'R' -> {
                if (in.get(in.position() + 1) == 'C') {
                    number = number(in.position(), end);
                }
                out.put(OK);
            }
            case 'D' -> {
                inData = true;
                out.put(GO_AHEAD);
            }
            case 'Q' -> {
                leaving = true;
                out.put(BYE);
            }
            default -> out.put(OK);
        }
        in.position(end + 1);
        return true;
    }

    /** The digits behind {@code <n} in a recipient's address; -1 when there are none. */
    private int number(int from, int end) {
        var at = find('<', from) + 1;
        if (at <= 0 || at >= end || in.get(at) != 'n') {
            return -1;
        }
        var digits = 0;
        for (at++; at < end && in.get(at) >= '0' && in.get(at) <= '9'; at++) {
            digits = digits * 10 + in.get(at) - '0';
        }
        return digits;
    }

    /** Skips the content up to the line that is a dot alone (RFC 5321, 4.1.1.4). */
    private boolean content() {
        var line = in.position();
        for (var end = find('\n', line); end >= 0; end = find('\n', line)) {
            if (end == line + 2 && in.get(line) == '.') {
                in.position(end + 1);
                inData = false;
                ledger.taken(number, System.nanoTime());
                out.put(OK);
                return true;
            }
            line = end + 1;
        }
        in.position(line);
        return false;
    }

    private int find(char wanted, int from) {
        for (var i = from; i < in.limit(); i++) {
            if (in.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private void answer() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(US_ASCII);
    }
}
