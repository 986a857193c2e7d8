package dev.postrider.bench.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A submission server in a process of its own: STARTTLS, a login of any name and password, all
 * processors. Answers the words of {@link SubmissionSink}, and ends with its standard input.
 */
final class SubmissionSinkProcess {
    private SubmissionSinkProcess() {}

    private record Taken(int number, long nanos) {}

    public static void main(String... arguments) throws IOException {
        var authority = PrivateAuthority.create();
        var resumed = new AtomicLong();
        var taken = new ConcurrentLinkedQueue<Taken>();
        var counting =
                new Behaviour() {
                    @Override
                    public void encrypted(boolean isResumed) {
                        if (isResumed) {
                            resumed.incrementAndGet();
                        }
                    }
                };
        var options =
                SinkOptions.standard()
                        .withStartTls(authority.serverContext("127.0.0.1", "localhost"))
                        .withLogins((_, _) -> true)
                        .behaving(counting)
                        .recording(message ->
                                taken.add(new Taken(number(message), System.nanoTime())));
        try (var sink = Sink.start(options);
                var words = new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
            System.out.println(sink.port());
            System.out.println(authority.pem().replace('\n', '|'));
            for (var word = words.readLine(); word != null; word = words.readLine()) {
                switch (word) {
                    case "counts" ->
                            System.out.println(
                                    sink.messages()
                                            + " "
                                            + sink.connections()
                                            + " "
                                            + resumed
                                            + " "
                                            + sink.standing());
                    case "taken" -> print(taken);
                    default -> throw new IOException("nobody knows " + word);
                }
            }
        }
    }

    private static void print(Queue<Taken> taken) {
        var lines = new StringBuilder();
        for (var one = taken.poll(); one != null; one = taken.poll()) {
            lines.append(one.number()).append(' ').append(one.nanos()).append('\n');
        }
        System.out.println(lines);
    }

    /** The digits in a recipient {@code n123@…}; -1 when it is another. */
    private static int number(SunkMessage message) {
        var address = message.recipients().getLast();
        var at = address.indexOf('@');
        return address.matches("n[0-9]+@.*") ? Integer.parseUnsignedInt(address, 1, at, 10) : -1;
    }
}
