package dev.postrider.boot.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback that takes whatever it is given, and forgets it. */
final class RehearsalServer implements AutoCloseable {
    private final ServerSocket listening;
    private final SSLContext tls;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private RehearsalServer(ServerSocket listening, SSLContext tls) {
        this.listening = listening;
        this.tls = tls;
    }

    static RehearsalServer start(SSLContext tls) throws IOException {
        var server =
                new RehearsalServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), tls);
        Thread.ofPlatform().daemon().name("rehearsal").start(server::accept);
        return server;
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                connections.add(socket);
                Thread.ofPlatform().daemon().name("rehearsal").start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Session(socket, tls).run();
        } catch (IOException _) {
            // the client has gone
        } finally {
            connections.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    /** One connection. */
    private static final class Session {
        private static final String BEFORE_TLS =
                """
                250-rehearsal
                250-PIPELINING
                250-SIZE 50000000
                250-8BITMIME
                250-STARTTLS
                250 ENHANCEDSTATUSCODES
                """;
        private static final String WITH_TLS =
                """
                250-rehearsal
                250-PIPELINING
                250-SIZE 50000000
                250-8BITMIME
                250-AUTH PLAIN LOGIN
                250 ENHANCEDSTATUSCODES
                """;

        private final Socket socket;
        private final SSLContext tls;
        private InputStream in;
        private OutputStream out;
        private boolean isEncrypted;

        Session(Socket socket, SSLContext tls) throws IOException {
            this.socket = socket;
            this.tls = tls;
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = new BufferedOutputStream(socket.getOutputStream());
        }

        void run() throws IOException {
            reply("220 rehearsal ESMTP\n");
            for (var line = line(); !line.isEmpty(); line = line()) {
                switch (line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" -> reply(isEncrypted ? WITH_TLS : BEFORE_TLS);
                    case "STARTTLS" -> startTls();
                    case "AUTH" -> reply("235 2.7.0 Authentication successful\n");
                    case "DATA" -> data();
                    case "QUIT" -> {
                        reply("221 2.0.0 Bye\n");
                        return;
                    }
                    default -> reply("250 2.0.0 Ok\n");
                }
            }
        }

        private void startTls() throws IOException {
            reply("220 2.0.0 Ready to start TLS\n");
            out.flush();
            var over =
                    (SSLSocket)
                            tls.getSocketFactory()
                                    .createSocket(socket, "127.0.0.1", socket.getPort(), true);
            over.setUseClientMode(false);
            over.startHandshake();
            in = new BufferedInputStream(over.getInputStream());
            out = new BufferedOutputStream(over.getOutputStream());
            isEncrypted = true;
        }

        private void data() throws IOException {
            reply("354 End data with <CR><LF>.<CR><LF>\n");
            var line = line();
            while (!line.isEmpty() && !line.equals(".\r\n")) {
                line = line();
            }
            reply("250 2.0.0 Ok: queued\n");
        }

        private void reply(String lines) throws IOException {
            out.write(lines.replace("\n", "\r\n").getBytes(US_ASCII));
        }

        /** With its end; empty when there are no more. What was answered leaves before a wait. */
        private String line() throws IOException {
            var line = new ByteArrayOutputStream();
            while (true) {
                if (in.available() == 0) {
                    out.flush();
                }
                var octet = in.read();
                if (octet < 0) {
                    return "";
                }
                line.write(octet);
                if (octet == '\n') {
                    return line.toString(ISO_8859_1);
                }
            }
        }
    }
}
