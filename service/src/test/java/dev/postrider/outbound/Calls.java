package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls with names of their own, and what they came to. */
final class Calls {
    static final OutboundCall.Bounds BOUNDS = bounds(Duration.ofSeconds(20));

    private Calls() {}

    static OutboundCall.Bounds bounds(Duration time) {
        return new OutboundCall.Bounds(time, 256 * 1024, 1_000, 3);
    }

    /** All names are loopback, but a few. */
    static OutboundClient client(PrivateAuthority authority) {
        return new OutboundClient(guard(), authority.trusting().getSocketFactory());
    }

    private static OutboundGuard guard() {
        var loopback = InetAddress.getLoopbackAddress();
        return new OutboundGuard(
                Loopback.blocks("127.0.0.1"),
                (_, host) ->
                        switch (host) {
                            case "inside.example" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
                            case "outside.example" -> List.of(InetAddress.ofLiteral("8.8.8.8"));
                            case "own.example" -> List.of(InetAddress.ofLiteral("8.8.4.4"));
                            case String _ -> List.of(loopback);
                        },
                InetAddress.ofLiteral("8.8.4.4")::equals);
    }

    static String text(CallResult<byte[]> result) {
        return switch (result) {
            case CallResult.Answered<byte[]> answer -> new String(answer.body(), UTF_8);
            case CallResult.Failed<byte[]>(_, var reason) -> throw new AssertionError(reason);
        };
    }

    static @Nullable Why why(CallResult<byte[]> result) {
        return switch (result) {
            case CallResult.Answered<byte[]> _ -> null;
            case CallResult.Failed<byte[]>(var why, _) -> why;
        };
    }
}
