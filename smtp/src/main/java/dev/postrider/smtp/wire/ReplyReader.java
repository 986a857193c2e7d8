package dev.postrider.smtp.wire;

import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies (RFC 5321 section 4.2): lines that begin with three digits, a hyphen after them in
 * all but the last. The digits should be the same; where a server changes them the last line
 * counts, or the worst where they are of different classes. Bounded in the length of a line and in
 * the number of lines, so that no server costs more memory than that.
 */
final class ReplyReader {
    /**
     * RFC 5321 section 4.5.3.1.5 allows 512 octets; login challenges and generous servers send
     * more.
     */
    private static final int MAX_LINE = 8 * 1024;

    private static final int MAX_LINES = 128;

    private final @Nullable Transcript transcript;
    private final BeforeWait beforeWait;
    private InputStream in = InputStream.nullInputStream();
    private byte[] buffer = new byte[1024];
    private int position;
    private int limit;
    private List<String> secrets = List.of();

    /** What is done each time before the server is waited for. */
    @FunctionalInterface
    interface BeforeWait {
        void run() throws IOException;
    }

    ReplyReader(@Nullable Transcript transcript, BeforeWait beforeWait) {
        this.transcript = transcript;
        this.beforeWait = beforeWait;
    }

    /** Goes on from another stream; what was read ahead is dropped (RFC 3207 section 4.2). */
    void use(InputStream next) {
        in = next;
        position = 0;
        limit = 0;
    }

    /** From now on a reply that repeats one of these shows {@code ***} instead. */
    void hide(List<String> others) {
        secrets = List.copyOf(others);
    }

    boolean hasUnread() {
        return position < limit;
    }

    Reply read() throws IOException {
        return read(false);
    }

    /**
     * Waits for a whole reply.
     *
     * @param decides whether a message depends on it: then it must not be taken and refused at once
     * @throws BrokenProtocol if it isn't one
     * @throws LostConnection with {@link Trouble#CLOSED} if the stream ends
     */
    Reply read(boolean decides) throws IOException {
        int end = lineEnd();
        int code = code(end);
        if (isLast(end)) {
            return Reply.of(code, List.of(text(end)));
        }
        var lines = new ArrayList<String>();
        lines.add(text(end));
        boolean last = false;
        while (!last) {
            if (lines.size() == MAX_LINES) {
                throw new BrokenProtocol(
                        "The server sent a reply of more than " + MAX_LINES + " lines.");
            }
            end = lineEnd();
            int next = code(end);
            if (decides && (next < 300) != (code < 300)) {
                throw new BrokenProtocol(
                        "The server changed its reply from " + code + " to " + next + ".");
            }
            code = next / 100 == code / 100 ? next : Math.max(code, next);
            last = isLast(end);
            lines.add(text(end));
        }
        return Reply.of(code, lines);
    }

    /** The index of the line's LF, with the whole line in the buffer. */
    private int lineEnd() throws IOException {
        int scanned = position;
        while (true) {
            for (; scanned < limit; scanned++) {
                if (buffer[scanned] == '\n') {
                    return scanned;
                }
            }
            if (limit - position >= MAX_LINE) {
                throw new BrokenProtocol(
                        "The server sent a line of more than " + MAX_LINE + " octets.");
            }
            scanned -= makeRoom();
            int count = receive();
            if (count < 0) {
                throw new LostConnection(Trouble.CLOSED, "The server closed the connection.");
            }
            limit += count;
        }
    }

    /**
     * A platform thread lets others go first, the server on this machine among them, and its reply
     * has often come before it would have to sleep. A virtual thread gives way to virtual threads
     * alone, and gains nothing (docs/decisions/0023).
     */
    @SuppressWarnings("ThreadPriorityCheck") // correct without it, too
    private int receive() throws IOException {
        if (!Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
        beforeWait.run();
        return in.read(buffer, limit, buffer.length - limit);
    }

    /** Returns by how much the unread octets moved towards the start. */
    private int makeRoom() {
        int moved = position;
        if (moved > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= moved;
            position = 0;
        } else if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(MAX_LINE, buffer.length * 2));
        }
        return moved;
    }

    private int code(int end) throws BrokenProtocol {
        if (end - position >= 3) {
            int first = buffer[position] - '0';
            int second = buffer[position + 1] - '0';
            int third = buffer[position + 2] - '0';
            boolean digits = first >= 2 && first <= 5 && isDigit(second) && isDigit(third);
            // the space behind them is left out by some, and a message must not be unknown for it
            if (digits && !isDigit(buffer[position + 3] - '0')) {
                return first * 100 + second * 10 + third;
            }
        }
        throw new BrokenProtocol(
                "The server sent \"" + shown(end) + "\", which isn't an SMTP reply.");
    }

    private static boolean isDigit(int value) {
        return value >= 0 && value <= 9;
    }

    private static boolean isSeparator(byte octet) {
        return octet == ' ' || octet == '-';
    }

    private boolean isLast(int end) {
        return end - position == 3 || buffer[position + 3] != '-';
    }

    /** Takes the line from the buffer. */
    private String text(int end) {
        int stop = end > position && buffer[end - 1] == '\r' ? end - 1 : end;
        if (transcript != null) {
            transcript.server(decoded(position, stop));
        }
        int begin = position + (stop - position > 3 && isSeparator(buffer[position + 3]) ? 4 : 3);
        String text = decoded(Math.min(begin, stop), stop);
        position = end + 1;
        return text;
    }

    private String shown(int end) {
        return decoded(position, Math.min(end, position + 60)).strip();
    }

    /**
     * UTF-8 (RFC 6531 section 3.7.4), with anything that could disturb a log or a terminal
     * replaced.
     */
    private String decoded(int from, int to) {
        String text = clean(from, to);
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return text;
    }

    private String clean(int from, int to) {
        boolean plain = true;
        for (int i = from; i < to && plain; i++) {
            plain = buffer[i] >= 0x20 && buffer[i] < 0x7f;
        }
        if (plain) {
            return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
        }
        var clean = new StringBuilder();
        new String(buffer, from, to - from, StandardCharsets.UTF_8)
                .codePoints()
                .map(c -> c == '\t' ? ' ' : Syntax.isControl(c) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
