package dev.postrider.testkit.fault;

import dev.postrider.testkit.wire.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** One connection of a {@link FaultServer}. */
final class FaultSession {
    private final Peer peer;
    private final Socket socket;
    private final FaultStage stage;
    private final Fault fault;
    private final SSLContext tls;
    private final String[] extensions;
    private State state = State.IDLE;
    private boolean encrypted;
    private boolean open = true;

    private enum State {
        IDLE,
        MAIL,
        RCPT
    }

    FaultSession(Peer peer, FaultStage stage, Fault fault, SSLContext tls, String... extensions) {
        this.peer = peer;
        this.socket = peer.socket();
        this.stage = stage;
        this.fault = fault;
        this.tls = tls;
        this.extensions = extensions;
    }

    void run() throws IOException {
        reply(FaultStage.GREETING, "220 fault.test ESMTP");
        while (open) {
            String line = peer.readLine();
            if (line == null) {
                return;
            }
            command(line);
        }
    }

    private void command(String line) throws IOException {
        String[] words = line.split(" ", -1);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "EHLO" -> reply(encrypted ? FaultStage.EHLO_AFTER_TLS : FaultStage.EHLO, hello());
            case "STARTTLS" -> {
                reply(FaultStage.STARTTLS, "220 Go ahead");
                handshake();
            }
            case "AUTH" -> reply(FaultStage.LOGIN, "235 2.7.0 Welcome");
            case "MAIL" -> {
                state = State.IDLE;
                if (reply(FaultStage.MAIL, "250 2.1.0 Ok")) {
                    state = State.MAIL;
                }
            }
            case "RCPT" -> recipient(line);
            case "DATA" -> data();
            case "BDAT" -> chunk(Integer.parseInt(words[1]), words.length > 2);
            case "RSET" -> {
                state = State.IDLE;
                reply(FaultStage.RSET, "250 2.0.0 Ok");
            }
            case "NOOP" -> reply(FaultStage.NOOP, "250 2.0.0 Ok");
            case "QUIT" -> {
                reply(FaultStage.QUIT, "221 2.0.0 Bye");
                peer.flush();
                open = false;
            }
            default -> peer.reply("500 5.5.2 What?");
        }
    }

    private void recipient(String line) throws IOException {
        if (state == State.IDLE) {
            peer.reply("503 5.5.1 Need MAIL");
        } else if (line.contains("<refused@")) {
            peer.reply("550 5.1.1 Nobody");
        } else if (reply(FaultStage.RCPT, "250 2.1.5 Ok")) {
            state = State.RCPT;
        }
    }

    private void data() throws IOException {
        if (state != State.RCPT) {
            peer.reply("503 5.5.1 Need RCPT");
        } else if (reply(FaultStage.DATA, "354 Go ahead")) {
            content();
        }
    }

    private void chunk(int size, boolean last) throws IOException {
        boolean within = stage == FaultStage.CONTENT && state == State.RCPT;
        if (within) {
            peer.readOctets(10);
            misbehave("250 2.0.0 Ok");
        }
        if (open) {
            peer.readOctets(within ? size - 10 : size);
            if (state == State.RCPT && !last) {
                peer.reply("250 2.0.0 Go on");
                return;
            }
            if (state == State.RCPT) {
                reply(FaultStage.END_OF_DATA, "250 2.0.0 Ok");
            } else {
                peer.reply("503 5.5.1 Need RCPT");
            }
            state = State.IDLE;
        }
    }

    private void content() throws IOException {
        if (stage == FaultStage.CONTENT) {
            peer.readLine();
            misbehave("250 2.0.0 Ok");
        }
        while (open) {
            String line = peer.readLine();
            if (line == null) {
                open = false;
            } else if (line.equals(".")) {
                reply(FaultStage.END_OF_DATA, "250 2.0.0 Ok");
                return;
            }
        }
    }

    private void handshake() throws IOException {
        if (!open) {
            return;
        }
        peer.flush();
        if (stage == FaultStage.TLS) {
            // Only now is the client sure to listen for TLS.
            peer.readOctets(1);
            misbehave("220 not a handshake");
            peer.flush();
        }
        if (open) {
            peer.startTls(tls);
            encrypted = true;
        }
    }

    private String hello() {
        List<String> lines = new ArrayList<>(List.of("fault.test"));
        lines.addAll(List.of(extensions));
        lines.add(encrypted ? "AUTH PLAIN" : "STARTTLS");
        return "250-"
                + String.join("\r\n250-", lines.subList(0, lines.size() - 1))
                + "\r\n250 "
                + lines.getLast();
    }

    /** Returns whether the client was told to go on. */
    private boolean reply(FaultStage now, String right) throws IOException {
        if (now == stage) {
            misbehave(right);
            return open && fault == Fault.MULTILINE;
        }
        peer.reply(right);
        return true;
    }

    private void misbehave(String right) throws IOException {
        switch (fault) {
            case CLOSE -> {
                peer.flush();
                close();
            }
            case RESET -> {
                peer.flush();
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.close();
                open = false;
            }
            case STALL -> {
                peer.flush();
                waitForClient();
            }
            case TRANSIENT -> peer.reply("451 4.3.0 Not now");
            case PERMANENT -> peer.reply("550 5.7.1 Never");
            case CLOSING -> {
                peer.reply("421 4.3.2 Going down");
                peer.flush();
                close();
            }
            case MULTILINE -> {
                String code = right.substring(0, 3);
                String last = right.substring(right.lastIndexOf('\n') + 1);
                String first =
                        right.equals(last)
                                ? ""
                                : right.substring(0, right.length() - last.length());
                peer.reply(first + code + "-one\r\n" + code + "-two\r\n" + last);
            }
            case WRONG_CODE -> peer.reply(right.startsWith("3") ? "250 Ok" : "354 Go ahead");
            case GARBAGE -> {
                byte[] garbage = new byte[200];
                new Random(42).nextBytes(garbage);
                peer.replyRaw(garbage);
                peer.reply("");
            }
            case ENDLESS_LINE -> endless(right.substring(0, 4), "x".repeat(1000));
            case ENDLESS_REPLY -> endless("", right.substring(0, 3) + "-and more\r\n");
            case TRICKLE -> trickle(right + "\r\n");
        }
    }

    private void endless(String start, String more) throws IOException {
        peer.flush();
        OutputStream out = peer.socket().getOutputStream();
        out.write(start.getBytes(StandardCharsets.US_ASCII));
        // Ends with an exception when the client has closed.
        while (true) {
            out.write(more.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void trickle(String text) throws IOException {
        peer.flush();
        OutputStream out = peer.socket().getOutputStream();
        for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
            out.write(octet);
            out.flush();
            pause();
        }
    }

    /** Being slow is this fault's purpose; no test waits on it. */
    private static void pause() throws IOException {
        try {
            if (new CountDownLatch(1).await(1, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void waitForClient() throws IOException {
        while (peer.readLine() != null) {
            open = false;
        }
        open = false;
    }

    private void close() throws IOException {
        socket.shutdownOutput();
        waitForClient();
        socket.close();
    }
}
