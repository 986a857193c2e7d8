package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.AUTHORITY;
import static dev.postrider.smtp.Fixtures.ascii;
import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.plain;
import static dev.postrider.smtp.Fixtures.secured;
import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.server.Security;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that writes each reply by itself, and has Nagle's algorithm on as sockets have it unless
 * told otherwise: the system holds its second reply back until the first is acknowledged (RFC 896).
 */
@Timeout(60)
class SmallWritesTest {
    /** A new connection's acknowledgements aren't delayed for its first segments. */
    private static final int FIRST = 30;

    private static final int MEASURED = 20;

    /** Linux delays an acknowledgement for 40 ms at least. */
    private static final long DELAY_MS = 40;

    @ParameterizedTest
    @CsvSource({"NONE, DATA", "NONE, CHUNKING", "IMPLICIT_TLS, DATA", "IMPLICIT_TLS, CHUNKING"})
    void noReplyWaitsForADelayedAcknowledgement(Security security, String content)
            throws Exception {
        var tls =
                security == Security.NONE
                        ? null
                        : AUTHORITY.serverContext("localhost", "127.0.0.1");
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> serve(listening, tls, content.equals("CHUNKING")));
            var server =
                    tls == null
                            ? plain(listening.getLocalPort())
                            : secured(listening.getLocalPort(), security);
            try (var connection = connect(server, new Credentials.None(), null)) {
                for (var i = 0; i < FIRST; i++) {
                    sendOne(connection);
                }
                var shortest = Long.MAX_VALUE;
                for (var i = 0; i < MEASURED; i++) {
                    shortest = Math.min(shortest, sendOne(connection));
                }
                // the machine may be busy at one email, but not at each of them
                assertThat(shortest / 1_000_000).isLessThan(DELAY_MS / 2);
            }
        }
    }

    private static long sendOne(Connection connection) {
        var begun = System.nanoTime();
        assertThat(settled(connection.send(message("to@b.test"))).accepted()).isTrue();
        return System.nanoTime() - begun;
    }

    private static void serve(ServerSocket listening, @Nullable SSLContext tls, boolean chunks) {
        try (var socket = accept(listening, tls)) {
            var in = new BufferedInputStream(socket.getInputStream());
            reply(socket, "220 mx.test ESMTP");
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var words = line.strip().split(" ", -1);
                switch (words[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" ->
                            reply(
                                    socket,
                                    "250-mx.test\r\n250-PIPELINING\r\n250 "
                                            + (chunks ? "CHUNKING" : "8BITMIME"));
                    case "DATA" -> {
                        reply(socket, "354 Go ahead");
                        while (!line(in).equals(".\r\n")) {
                            // the content
                        }
                        reply(socket, "250 Ok");
                    }
                    case "BDAT" -> {
                        in.readNBytes(Integer.parseInt(words[1]));
                        reply(socket, "250 Ok");
                    }
                    default -> reply(socket, "250 Ok");
                }
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private static Socket accept(ServerSocket listening, @Nullable SSLContext tls)
            throws IOException {
        var socket = listening.accept();
        return tls == null ? socket : tls.getSocketFactory().createSocket(socket, null, false);
    }

    private static void reply(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(ascii(text + "\r\n"));
    }

    private static String line(BufferedInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }
}
