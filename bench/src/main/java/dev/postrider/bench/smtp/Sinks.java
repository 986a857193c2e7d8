package dev.postrider.bench.smtp;

import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The processes that take the mail: smtp-sink, where Postfix is installed, and sinks of the testkit
 * in a JVM.
 */
final class Sinks implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final JavaProcess jvm;
    private final Map<String, String> facts;
    private final Process smtpSink;
    private final int smtpSinkPort;

    private Sinks(JavaProcess jvm, Map<String, String> facts, Process smtpSink, int smtpSinkPort) {
        this.jvm = jvm;
        this.facts = facts;
        this.smtpSink = smtpSink;
        this.smtpSinkPort = smtpSinkPort;
    }

    static Sinks start() throws IOException, InterruptedException {
        int port = FreePort.find();
        Process smtpSink =
                new ProcessBuilder("smtp-sink", "-u", "postfix", HOST + ":" + port, "1000")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        awaitPort(port, smtpSink);
        var jvm = JavaProcess.start(SinkProcess.class, List.of());
        var facts = new HashMap<String, String>();
        for (var line = jvm.line(); !line.isEmpty(); line = jvm.line()) {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, equals), line.substring(equals + 1).replace('|', '\n'));
        }
        return new Sinks(jvm, facts, smtpSink, port);
    }

    Target smtpSink() {
        return new Target(HOST, smtpSinkPort, false, "");
    }

    /** One of {@link SinkProcess}. */
    Target named(String name, boolean starttls) {
        // The host name that the certificate is for.
        String host = starttls ? "localhost" : HOST;
        return new Target(host, Integer.parseInt(fact(name)), starttls, fact("authority"));
    }

    private String fact(String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }

    private static void awaitPort(int port, Process process)
            throws IOException, InterruptedException {
        for (int i = 0; i < 100 && process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException(
                "smtp-sink doesn't start; it needs root and Debian's package postfix");
    }

    @Override
    public void close() throws IOException {
        jvm.close();
        smtpSink.destroy();
    }
}
