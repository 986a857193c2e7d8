package dev.postrider.bench.smtp;

import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.link.DelayedLink;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.io.IOException;
import java.time.Duration;

/**
 * A process of its own, so that the sinks' work isn't counted as the client's. Ends with its
 * standard input.
 */
final class SinkProcess {
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);

    private SinkProcess() {}

    public static void main(String... arguments) throws IOException {
        var authority = PrivateAuthority.create();
        try (var tls =
                        Sink.start(
                                SinkOptions.standard()
                                        .withStartTls(authority.serverContext("localhost")));
                var plain = Sink.start(SinkOptions.standard());
                var chunking = Sink.start(SinkOptions.standard().with("CHUNKING"));
                var far = DelayedLink.to(plain.port(), ROUND_TRIP);
                var farChunking = DelayedLink.to(chunking.port(), ROUND_TRIP)) {
            System.out.println("tls=" + tls.port());
            System.out.println("plain=" + plain.port());
            System.out.println(
                    "loop=" + LoopSink.start(Runtime.getRuntime().availableProcessors()));
            System.out.println("far=" + far.port());
            System.out.println("far-chunking=" + farChunking.port());
            System.out.println("authority=" + authority.pem().replace('\n', '|'));
            System.out.println();
            System.out.flush();
            byte[] _ = System.in.readAllBytes();
        }
    }
}
