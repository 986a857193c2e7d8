package dev.postrider.lab.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/** One connection of the sink. */
final class SinkConversation {
    private static final String TAKEN = "250 2.0.0 Taken";

    private final InputStream in;
    private final Socket socket;
    private final NaughtySink sink;

    SinkConversation(Socket socket, NaughtySink sink) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.sink = sink;
    }

    /** Ends when either side has had enough; the caller closes the socket. */
    void run() throws IOException {
        reply("220 sink.test ESMTP");
        while (true) {
            var command = new String(line(), US_ASCII).toUpperCase(Locale.ROOT);
            switch (command.split(" ", 2)[0]) {
                case "EHLO" -> reply("250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME");
                case "DATA" -> {
                    if (!data()) {
                        return;
                    }
                }
                case "QUIT" -> {
                    reply("221 2.0.0 Bye");
                    return;
                }
                default -> reply("250 2.0.0 Ok");
            }
        }
    }

    /** Returns whether the connection goes on. */
    private boolean data() throws IOException {
        reply("354 Go ahead");
        var mischief = sink.next();
        if (mischief.isEmpty()) {
            take(content());
            reply(TAKEN);
            return true;
        }
        return switch (mischief.get()) {
            case CUT_BEFORE_DOT -> {
                line();
                yield false;
            }
            case CUT_NOT_TAKEN -> {
                content();
                yield false;
            }
            case CUT_TAKEN -> {
                take(content());
                yield false;
            }
            case CUT_AFTER_REPLY -> {
                take(content());
                reply(TAKEN);
                yield false;
            }
            case DEFER -> {
                content();
                reply("451 4.3.0 Later");
                yield true;
            }
        };
    }

    private void take(byte[] message) throws IOException {
        sink.beSlow();
        sink.received().add(message);
    }

    private byte[] content() throws IOException {
        var content = new ByteArrayOutputStream();
        for (var line = line(); !(line.length == 1 && line[0] == '.'); line = line()) {
            // RFC 5321, 4.5.2
            content.writeBytes(
                    line.length > 1 && line[0] == '.'
                            ? Arrays.copyOfRange(line, 1, line.length)
                            : line);
            content.write('\r');
            content.write('\n');
        }
        return content.toByteArray();
    }

    /** Without its CRLF. */
    private byte[] line() throws IOException {
        var line = new ByteArrayOutputStream(100);
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        var octets = line.toByteArray();
        return octets.length > 0 && octets[octets.length - 1] == '\r'
                ? Arrays.copyOf(octets, octets.length - 1)
                : octets;
    }

    private void reply(String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
    }
}
