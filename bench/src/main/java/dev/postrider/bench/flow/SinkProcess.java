package dev.postrider.bench.flow;

import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes mail in a process of its own, so that what it costs can be told from the rest. Prints its
 * port, and ends with its standard input.
 */
final class SinkProcess {
    private SinkProcess() {}

    public static void main(String... arguments) throws IOException {
        var ledger = Ledger.open(Path.of(arguments[0]));
        var options =
                SinkOptions.standard()
                        .recording(message -> ledger.taken(number(message), System.nanoTime()));
        try (var sink = Sink.start(options)) {
            System.out.println(sink.port());
            byte[] _ = System.in.readAllBytes();
        }
    }

    /** The digits in a recipient {@code n123@…}; -1 when it is another. */
    private static int number(SunkMessage message) {
        var address = message.recipients().getLast();
        var at = address.indexOf('@');
        return address.startsWith("n") && at > 1
                ? Integer.parseUnsignedInt(address, 1, at, 10)
                : -1;
    }
}
