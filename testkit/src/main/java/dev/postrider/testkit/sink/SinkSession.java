package dev.postrider.testkit.sink;

import dev.postrider.testkit.wire.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link Sink}. */
final class SinkSession {
    private final Peer peer;
    private final SinkOptions options;
    private final long number;
    private final long standing;
    private final AtomicLong messages;
    private boolean encrypted;
    private boolean loggedIn;
    private boolean open = true;

    private @Nullable String mail;
    private final List<String> recipients = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(4096);
    private boolean chunkRefused;

    /**
     * Not yet greeted.
     *
     * @param number 1 for the sink's first connection
     * @param standing how many connections stand, this one among them
     */
    SinkSession(Socket socket, SinkOptions options, long number, long standing, AtomicLong messages)
            throws IOException {
        this.standing = standing;
        this.peer = new Peer(socket);
        this.options = options;
        this.number = number;
        this.messages = messages;
        this.loggedIn = options.logins() == null;
    }

    void run() throws IOException {
        if (options.implicitTls() && options.tls() != null) {
            encrypt(options.tls());
        }
        open = answer(options.behaviour().greeting(standing));
        while (open) {
            String line = peer.readLine();
            if (line == null) {
                return;
            }
            command(line);
        }
        peer.flush();
        peer.socket().close();
    }

    private void command(String line) throws IOException {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> hello();
            case "HELO" -> peer.reply("250 sink.test");
            case "STARTTLS" -> startTls();
            case "AUTH" -> loggedIn = new SinkLogin(peer, options.logins()).run(line);
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line);
            case "DATA" -> data();
            case "BDAT" -> chunk(line);
            case "RSET" -> {
                reset();
                peer.reply("250 2.0.0 Ok");
            }
            case "NOOP" -> peer.reply("250 2.0.0 Ok");
            case "QUIT" -> {
                peer.reply("221 2.0.0 Bye");
                open = false;
            }
            default -> peer.reply("500 5.5.2 What?");
        }
    }

    private void hello() {
        reset();
        var lines = new ArrayList<>(List.of("sink.test"));
        lines.addAll(options.extensions());
        if (options.tls() != null && !encrypted) {
            lines.add("STARTTLS");
        }
        if (options.logins() != null && (encrypted || options.tls() == null)) {
            lines.add("AUTH PLAIN LOGIN XOAUTH2");
        }
        for (int i = 0; i < lines.size(); i++) {
            peer.reply("250" + (i < lines.size() - 1 ? "-" : " ") + lines.get(i));
        }
    }

    private void startTls() throws IOException {
        if (options.tls() == null || encrypted) {
            peer.reply("503 5.5.1 No");
            return;
        }
        peer.reply("220 2.0.0 Go ahead");
        peer.flush();
        encrypt(options.tls());
        reset();
    }

    private void encrypt(SSLContext context) throws IOException {
        long begun = System.currentTimeMillis();
        peer.startTls(context);
        encrypted = true;
        var session = ((SSLSocket) peer.socket()).getSession();
        options.behaviour().encrypted(session.getCreationTime() < begun);
    }

    private void mail(String line) {
        if (!loggedIn) {
            peer.reply("530 5.7.0 Authentication required");
        } else if (mail != null) {
            peer.reply("503 5.5.1 Nested MAIL");
        } else if (answer(options.behaviour().mail(path(line)))) {
            mail = line;
        }
    }

    private void recipient(String line) {
        if (mail == null) {
            peer.reply("503 5.5.1 Need MAIL");
        } else if (answer(options.behaviour().recipient(path(line)))) {
            recipients.add(path(line));
        }
    }

    private void data() throws IOException {
        if (mail == null || recipients.isEmpty()) {
            peer.reply(mail == null ? "503 5.5.1 Need MAIL" : "554 5.5.1 No valid recipients");
            return;
        }
        peer.reply("354 Go ahead");
        if (!options.behaviour().waitsForContent()) {
            byte[] _ = peer.readLineOctets();
            open = false;
            return;
        }
        while (true) {
            byte[] line = peer.readLineOctets();
            if (line == null) {
                open = false;
                return;
            }
            boolean dot = line.length > 0 && line[0] == '.';
            if (dot && line.length == 1) {
                break;
            }
            content.write(line, dot ? 1 : 0, line.length - (dot ? 1 : 0));
            content.write('\r');
            content.write('\n');
        }
        endOfData();
    }

    private void chunk(String line) throws IOException {
        String[] words = line.split(" ", -1);
        byte[] octets = peer.readOctets(Integer.parseInt(words[1]));
        boolean last = words.length > 2;
        chunkRefused |= mail == null || recipients.isEmpty();
        if (chunkRefused) {
            // RFC 3030 section 2: the chunk is read and dropped.
            peer.reply(mail == null ? "503 5.5.1 Need MAIL" : "554 5.5.1 No valid recipients");
            if (last) {
                reset();
            }
            return;
        }
        content.writeBytes(octets);
        if (last) {
            endOfData();
        } else {
            peer.reply("250 2.0.0 " + octets.length + " octets");
        }
    }

    private void endOfData() throws IOException {
        String command = Objects.requireNonNull(mail);
        var message =
                new SunkMessage(
                        number,
                        command,
                        path(command),
                        List.copyOf(recipients),
                        content.toByteArray());
        String reply = options.behaviour().message(message);
        if (reply.isEmpty() || reply.startsWith("2")) {
            messages.incrementAndGet();
            options.recorder().accept(message);
        }
        reset();
        answer(reply);
        open &= options.behaviour().goesOn();
    }

    /** Returns whether the answer is positive. */
    private boolean answer(String reply) {
        if (reply.isEmpty()) {
            open = false;
        } else {
            peer.reply(reply);
        }
        return reply.startsWith("2");
    }

    private void reset() {
        mail = null;
        recipients.clear();
        content.reset();
        chunkRefused = false;
    }

    private static String path(String line) {
        int from = line.indexOf('<');
        int to = line.lastIndexOf('>');
        return from < 0 || to < from ? line : line.substring(from + 1, to);
    }
}
