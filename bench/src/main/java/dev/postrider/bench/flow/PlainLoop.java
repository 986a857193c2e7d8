package dev.postrider.bench.flow;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * What any program could do without us: a loop around Jakarta Mail over a connection that is kept,
 * for each of some threads. It keeps nothing, and knows nothing after a crash.
 */
final class PlainLoop {
    private static final String TEXT = ("x".repeat(70) + "\r\n").repeat(25);

    private PlainLoop() {}

    /** Sends for so long over so many connections. */
    static Measurement run(PostfixServer server, int connections, Duration time)
            throws IOException, InterruptedException {
        var session = server.session();
        var loops = new ArrayList<Callable<List<Long>>>();
        for (var i = 0; i < connections; i++) {
            loops.add(() -> loop(server, session, time));
        }
        var before = Reading.ofServer(server, 0);
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var all = new ArrayList<Long>();
            for (var one : threads.invokeAll(loops)) {
                all.addAll(one.get());
            }
            var latencies = all.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Measurement(
                    before, Reading.ofServer(server, latencies.length), latencies, 0);
        } catch (ExecutionException e) {
            throw new IOException("the plain loop has failed", e);
        }
    }

    private static List<Long> loop(PostfixServer server, Session session, Duration time)
            throws MessagingException {
        Address[] to = {new InternetAddress("n1@sink.test")};
        var latencies = new ArrayList<Long>();
        try (Transport transport = server.transport(session)) {
            var end = System.nanoTime() + time.toNanos();
            for (var now = System.nanoTime(); now < end; now = System.nanoTime()) {
                var message = new MimeMessage(session);
                message.setFrom(PostfixServer.USER);
                message.setRecipients(MimeMessage.RecipientType.TO, to);
                message.setSubject("An invoice");
                message.setText(TEXT);
                message.saveChanges();
                transport.sendMessage(message, to);
                latencies.add(System.nanoTime() - now);
            }
        }
        return latencies;
    }
}
