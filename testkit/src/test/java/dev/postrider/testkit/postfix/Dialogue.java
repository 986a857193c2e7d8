package dev.postrider.testkit.postfix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLSocket;

/** One SMTP connection, line by line. A reply is its lines, joined by LF. */
final class Dialogue implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RealPostfix server;
    private Socket socket;
    private BufferedReader replies;

    private Dialogue(RealPostfix server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        this.replies = replies(socket);
    }

    static Dialogue plain(RealPostfix server) throws IOException {
        return unencrypted(server, server.plainPort());
    }

    static Dialogue unencrypted(RealPostfix server, int port) throws IOException {
        var dialogue = new Dialogue(server, connect(port));
        dialogue.reply();
        dialogue.say("EHLO client.test");
        return dialogue;
    }

    static Dialogue startTls(RealPostfix server) throws Exception {
        var dialogue = unencrypted(server, server.submissionPort());
        dialogue.say("STARTTLS");
        dialogue.handshake();
        dialogue.say("EHLO client.test");
        return dialogue;
    }

    static Dialogue implicitTls(RealPostfix server) throws Exception {
        var dialogue = new Dialogue(server, connect(server.implicitTlsPort()));
        dialogue.handshake();
        dialogue.reply();
        dialogue.say("EHLO client.test");
        return dialogue;
    }

    static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    String say(String line) throws IOException {
        write(line + "\r\n");
        return reply();
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    String reply() throws IOException {
        var lines = new StringBuilder();
        while (true) {
            var line = replies.readLine();
            if (line == null) {
                throw new IOException("the server hung up. Its log:\n" + server.log());
            }
            lines.append(line);
            if (line.length() < 4 || line.charAt(3) == ' ') {
                return lines.toString();
            }
            lines.append('\n');
        }
    }

    Dialogue login(String user, String password) throws IOException {
        var reply = loginReply(user, password);
        if (!reply.startsWith("235")) {
            throw new IOException(reply);
        }
        return this;
    }

    String loginReply(String user, String password) throws IOException {
        return say("AUTH PLAIN " + base64("\0" + user + "\0" + password));
    }

    /**
     * The reply that ended the transaction: that of the first refused command, or of the message.
     */
    String send(String from, String to, String message) throws IOException {
        var reply = say("MAIL FROM:<" + from + ">");
        for (String next : new String[] {"RCPT TO:<" + to + ">", "DATA"}) {
            if (reply.startsWith("2")) {
                reply = say(next);
            }
        }
        return reply.startsWith("354") ? say(message + ".") : reply;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void handshake() throws IOException, GeneralSecurityException {
        var authority = Files.readString(server.certificateAuthority());
        var factory = PrivateAuthority.trusting(authority).getSocketFactory();
        var secure =
                (SSLSocket) factory.createSocket(socket, server.host(), socket.getPort(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        socket = secure;
        replies = replies(secure);
    }

    private static BufferedReader replies(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }
}
