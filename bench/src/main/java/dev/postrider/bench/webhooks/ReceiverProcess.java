package dev.postrider.bench.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.testkit.wire.LoopbackListener;
import dev.postrider.testkit.wire.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Endpoints in a process of its own: those below {@code /slow/} answer after a second, all others
 * at once; a second port takes connections and never says anything. Answers the words of {@link
 * Receiver}, and ends with its standard input.
 */
final class ReceiverProcess {
    private static final long SLOW = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong count = new AtomicLong();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();

    private ReceiverProcess() {}

    public static void main(String... arguments) throws IOException {
        var receiver = new ReceiverProcess();
        try (var endpoints = LoopbackListener.start(receiver::serve);
                var deaf = LoopbackListener.start(ReceiverProcess::ignore);
                var words = new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
            System.out.println(endpoints.port());
            System.out.println(deaf.port());
            for (var word = words.readLine(); word != null; word = words.readLine()) {
                switch (word) {
                    case "count" -> System.out.println(receiver.count.get());
                    case "taken" -> receiver.print();
                    default -> throw new IOException("nobody knows " + word);
                }
            }
        }
    }

    private void print() {
        var lines = new StringBuilder();
        for (var one = taken.poll(); one != null; one = taken.poll()) {
            lines.append(one).append('\n');
        }
        System.out.println(lines);
    }

    /** Until the caller hangs up. */
    private static void ignore(Socket socket) throws IOException {
        var _ = socket.getInputStream().readAllBytes();
    }

    private void serve(Socket socket) throws IOException {
        var peer = new Peer(socket);
        var goesOn = true;
        while (goesOn) {
            var line = peer.readLine();
            if (line == null) {
                return;
            }
            goesOn = answer(peer, line.split(" ", -1)[1]);
        }
        peer.flush();
    }

    private boolean answer(Peer peer, String path) throws IOException {
        var length = 0;
        var id = "";
        var stays = true;
        for (var line = peer.readLine(); line != null && !line.isEmpty(); line = peer.readLine()) {
            var colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "webhook-id" -> id = value;
                case "connection" -> stays = !value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        var _ = peer.readOctets(length);
        count.incrementAndGet();
        taken.add(id + " " + path + " " + System.nanoTime());
        if (path.startsWith("/slow/")) {
            LockSupport.parkNanos(SLOW);
        }
        peer.reply("HTTP/1.1 204 No Content");
        if (!stays) {
            peer.reply("Connection: close");
        }
        peer.reply("");
        return stays;
    }
}
