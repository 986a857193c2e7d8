package dev.postrider.bench.emails;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** One HTTP/1.1 connection that stays open; its requests follow one another. For one thread. */
final class Caller implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final byte[] in = new byte[8 * 1024];

    Caller(int port) throws IOException {
        this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
    }

    /** The answer's status. */
    int post(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var answer = new ByteArrayOutputStream();
        while (true) {
            var count = socket.getInputStream().read(in);
            if (count < 0) {
                throw new EOFException("the program closed a connection");
            }
            answer.write(in, 0, count);
            var text = answer.toString(ISO_8859_1);
            var end = text.indexOf("\r\n\r\n");
            if (end >= 0 && text.length() >= end + 4 + bodyLength(text.substring(0, end))) {
                return Integer.parseInt(text.substring(9, 12));
            }
        }
    }

    private static int bodyLength(String head) throws IOException {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(LENGTH))
                .findFirst()
                .map(line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                .orElseThrow(() -> new IOException("an answer without a length: " + head));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
