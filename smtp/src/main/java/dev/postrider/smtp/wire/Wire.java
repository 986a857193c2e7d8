package dev.postrider.smtp.wire;

import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands to and replies from one server, guarded by a {@link Watchdog}. Lies on a channel because
 * a channel's blocking calls end at an interrupt. Owned by one thread; only {@link #cut} may be
 * called by others.
 */
public final class Wire {
    private final SocketChannel channel;
    private final Timeouts timeouts;
    private final Watchdog watchdog;
    private final Outbound outbound;
    private final ReplyReader replies;
    private final @Nullable Transcript transcript;
    private final StringBuilder said = new StringBuilder();
    private Socket socket;
    private long contentSaid;
    private @Nullable Duration patience;

    public Wire(SocketChannel channel, Timeouts timeouts, @Nullable Transcript transcript) {
        this.channel = channel;
        this.timeouts = timeouts;
        this.transcript = transcript;
        this.socket = channel.socket();
        this.watchdog = new Watchdog(this::cut);
        this.outbound = new Outbound(watchdog, timeouts.dataBlock());
        this.replies =
                new ReplyReader(
                        transcript, new Acknowledge(outbound, Acknowledge.of(channel))::atOnce);
    }

    public void begin() throws IOException {
        socket.setTcpNoDelay(true);
        use(socket);
    }

    /**
     * Goes on through this socket. What was read ahead on the one before is dropped (RFC 3207
     * section 4.2).
     */
    public void use(Socket next) throws IOException {
        socket = next;
        outbound.use(next.getOutputStream());
        replies.use(next.getInputStream());
    }

    public Socket socket() {
        return socket;
    }

    public Watchdog watchdog() {
        return watchdog;
    }

    /** Something for the transcript that isn't said. */
    public void note(String line) {
        if (transcript != null) {
            transcript.note(line);
        }
    }

    public Wire say(String text) throws IOException {
        if (transcript != null) {
            said.append(text);
        }
        outbound.put(text);
        return this;
    }

    /** A part of a command that no transcript shows, nor a reply that repeats it. */
    public Wire saySecret(String text) throws IOException {
        if (transcript != null && !text.isEmpty()) {
            said.append("***");
        }
        outbound.put(text);
        return this;
    }

    private void noteContent() {
        if (transcript != null && contentSaid > 0) {
            transcript.client("[" + contentSaid + " octets of content]");
        }
        contentSaid = 0;
    }

    public void endLine() throws IOException {
        if (transcript != null) {
            noteContent();
            transcript.client(said.toString());
            said.setLength(0);
        }
        outbound.put((byte) '\r');
        outbound.put((byte) '\n');
    }

    /** Content, of which a transcript shows the size. */
    public void content(byte[] octets, int from, int length) throws IOException {
        contentSaid += length;
        outbound.put(octets, from, length);
    }

    public long position() {
        return outbound.position();
    }

    /** How many of them may have left. */
    public long handedOver() {
        return outbound.handedOver();
    }

    public void flush() throws IOException {
        noteContent();
        outbound.flush();
    }

    /** Keeps these out of all replies from now on. */
    public void hide(List<String> secrets) {
        replies.hide(secrets);
    }

    /** Whether the server has said something that nobody has read. */
    public boolean hasUnread() {
        return replies.hasUnread();
    }

    /** Waits for the next reply, as long as the stage allows (RFC 5321 section 4.5.3.2). */
    public Reply read(Stage stage) throws IOException {
        Duration timeout = timeouts.of(stage);
        watchdog.stage(patience != null && patience.compareTo(timeout) < 0 ? patience : timeout);
        Reply reply = replies.read(stage == Stage.END_OF_DATA);
        watchdog.pause();
        return reply;
    }

    /** Waits no longer than that for each reply, or as long as the stages allow for null. */
    public void patience(@Nullable Duration other) {
        patience = other;
    }

    /** Says one command and waits for its reply. */
    public Reply ask(Stage stage, String command) throws IOException {
        say(command).endLine();
        flush();
        return read(stage);
    }

    /** QUIT, for a server whose answer nobody waits for (RFC 5321 section 4.1.1.10). */
    public void sayGoodbye() {
        try {
            say("QUIT").endLine();
            flush();
        } catch (IOException e) {
            note("the server is gone already: " + e.getMessage());
        }
    }

    /**
     * Closes without a word; whoever waits in a read or write gets an exception. From any thread.
     */
    public void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            note("closing failed: " + e.getMessage());
        }
    }

    /** Closes, with TLS's own farewell where there is TLS. */
    public void close() {
        watchdog.stage(timeouts.quit());
        try {
            socket.close();
        } catch (IOException e) {
            note("closing failed: " + e.getMessage());
        }
        cut();
        watchdog.retire();
    }

    public LostConnection lost(IOException e) {
        return LostConnection.explain(e, watchdog);
    }
}
