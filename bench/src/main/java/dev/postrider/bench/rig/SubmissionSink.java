package dev.postrider.bench.rig;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A submission server beside the program, which tells what it has taken. */
public final class SubmissionSink implements AutoCloseable {
    private final JavaProcess process;
    private final int port;
    private final String authority;

    private SubmissionSink(JavaProcess process) throws IOException {
        this.process = process;
        this.port = Integer.parseInt(process.line());
        this.authority = process.line().replace('|', '\n');
    }

    public static SubmissionSink start() throws IOException {
        return new SubmissionSink(
                JavaProcess.start(
                        SubmissionSinkProcess.class, List.of("-XX:+UseSerialGC", "-Xmx2g")));
    }

    /** What it has seen since it began, and how many connections stand. */
    public record Counts(long messages, long connections, long resumed, long standing) {
        public static Counts parse(String line) {
            var numbers = line.split(" ", -1);
            return new Counts(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]));
        }
    }

    public Counts counts() throws IOException {
        process.say("counts");
        return Counts.parse(process.line());
    }

    /** When it took which number since it was last asked, by System.nanoTime. */
    public Map<Integer, Long> taken() throws IOException {
        process.say("taken");
        var taken = new HashMap<Integer, Long>();
        for (var line = process.line(); !line.isEmpty(); line = process.line()) {
            var space = line.indexOf(' ');
            taken.put(
                    Integer.parseInt(line.substring(0, space)),
                    Long.parseLong(line.substring(space + 1)));
        }
        return taken;
    }

    /** Returns when it has taken so many messages. */
    public void awaitMessages(long count, long seconds) throws IOException, InterruptedException {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        while (counts().messages() < count) {
            if (System.nanoTime() > end) {
                throw new IOException("not all that was accepted arrives: " + counts());
            }
            Thread.sleep(20);
        }
    }

    /** Returns when no connection stands any more. */
    public void awaitNobody(long seconds) throws IOException, InterruptedException {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        while (counts().standing() > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("connections stay open: " + counts());
            }
            Thread.sleep(100);
        }
    }

    /** How a mailbox of this address reaches it. */
    public Map<String, ?> server(String username) {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                port,
                "tls",
                "starttls",
                "username",
                username,
                "password",
                "a password of " + username,
                "ca",
                authority);
    }

    public int port() {
        return port;
    }

    public String authority() {
        return authority;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
