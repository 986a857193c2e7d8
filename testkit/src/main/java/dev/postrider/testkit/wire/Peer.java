package dev.postrider.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server's side of a connection, buffered: replies leave when the client has nothing more to say.
 */
public final class Peer {
    private final byte[] buffer = new byte[32 * 1024];
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int position;
    private int limit;

    public Peer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    public Socket socket() {
        return socket;
    }

    /** What the client sent ahead of the handshake is dropped (RFC 3207 section 4.2). */
    public void startTls(SSLContext context) throws IOException {
        startTls(context, List.of());
    }

    /** With these versions alone, or all of the context's. */
    public void startTls(SSLContext context, List<String> versions) throws IOException {
        var secured =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        socket,
                                        socket.getInetAddress().getHostAddress(),
                                        socket.getPort(),
                                        true);
        secured.setUseClientMode(false);
        if (!versions.isEmpty()) {
            secured.setEnabledProtocols(versions.toArray(String[]::new));
        }
        secured.startHandshake();
        socket = secured;
        in = secured.getInputStream();
        out = secured.getOutputStream();
        position = 0;
        limit = 0;
    }

    /** Whether the client has said more than was read. */
    public boolean hasUnread() throws IOException {
        return position < limit || in.available() > 0;
    }

    public void reply(String line) {
        replies.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public void replyRaw(byte[] octets) {
        replies.writeBytes(octets);
    }

    public void flush() throws IOException {
        if (replies.size() > 0) {
            out.write(replies.toByteArray());
            replies.reset();
        }
    }

    /**
     * The next line without its CRLF, or null at the end. A lone LF doesn't end a line, a lone CR
     * neither.
     */
    @Nullable public String readLine() throws IOException {
        byte[] line = readLineOctets();
        return line == null ? null : new String(line, StandardCharsets.UTF_8);
    }

    public byte @Nullable [] readLineOctets() throws IOException {
        int scanned = position;
        while (true) {
            for (; scanned < limit; scanned++) {
                if (buffer[scanned] == '\n' && scanned > position && buffer[scanned - 1] == '\r') {
                    byte[] line = Arrays.copyOfRange(buffer, position, scanned - 1);
                    position = scanned + 1;
                    return line;
                }
            }
            int moved = position;
            if (!fill()) {
                return null;
            }
            scanned -= moved - position;
        }
    }

    public byte[] readOctets(int count) throws IOException {
        byte[] octets = new byte[count];
        int copied = 0;
        while (copied < count) {
            if (position == limit && !fill()) {
                throw new EOFException("the client hung up within " + count + " octets");
            }
            int part = Math.min(count - copied, limit - position);
            System.arraycopy(buffer, position, octets, copied, part);
            position += part;
            copied += part;
        }
        return octets;
    }

    /** Returns false at the end. */
    private boolean fill() throws IOException {
        flush();
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            throw new IOException(
                    "the client sent a line of more than " + buffer.length + " octets");
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count >= 0;
    }
}
