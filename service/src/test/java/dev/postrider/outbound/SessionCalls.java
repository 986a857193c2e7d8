package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Requests over a session, and what they came to. */
final class SessionCalls {
    private SessionCalls() {}

    static SessionResult<byte[]> post(OutboundSession over, String body) {
        return exchange(over, RequestBody.of(body.getBytes(UTF_8)), () -> true);
    }

    static SessionResult<byte[]> exchange(
            OutboundSession over, RequestBody body, BooleanSupplier mayLeave) {
        return over.exchange(request(body, mayLeave, Duration.ofSeconds(20)), BodySink.OCTETS);
    }

    static SessionRequest request(RequestBody body, BooleanSupplier mayLeave, Duration time) {
        return new SessionRequest(
                "POST",
                "/send?x=1",
                Map.of("Content-Type", "text/plain"),
                Optional.of(body),
                mayLeave,
                Calls.bounds(time));
    }

    static String text(SessionResult<byte[]> result) {
        return switch (result) {
            case SessionResult.Answer<byte[]>(var answer) ->
                    answer.status() + " " + new String(answer.body(), UTF_8);
            case SessionResult<byte[]> other -> other.toString();
        };
    }
}
