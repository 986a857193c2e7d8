package dev.postrider.flow.webhook;

import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes one POST. Of the answer the head decides, and the body's beginning is kept for whoever
 * looks; redirects are not followed. Safe for concurrent use.
 */
final class PostEvent {
    /**
     * Nobody knocks at the doors of others through us: without TLS only where the operator says so.
     */
    private static final OutboundCall.Reach REACH =
            new OutboundCall.Reach(Set.of(443, 8443), Set.of());

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** More than is read of an answer, encoded or not. */
    private static final int MOST = 16 * AnswerStart.OCTETS;

    private final OutboundClient client;
    private final InstantSource clock;
    private final OutboundCall.Bounds bounds;

    /**
     * @param timeout for all of it, from the look-up to what is read of the answer
     */
    PostEvent(OutboundClient client, InstantSource clock, Duration timeout) {
        this.client = client;
        this.clock = clock;
        this.bounds = new OutboundCall.Bounds(timeout, MOST, 0, 0);
    }

    EndpointAnswer post(UUID workspace, Endpoint endpoint, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        var call =
                new OutboundCall(
                        workspace, "POST", endpoint.uri(), all, Optional.of(body), REACH, bounds);
        return switch (client.call(call, new AnswerStart())) {
            case CallResult.Answered<String> answer ->
                    new EndpointAnswer.Status(
                            answer.status(),
                            answer.header("retry-after").flatMap(this::pause),
                            answer.body());
            case CallResult.Failed<String>(var why, var reason) ->
                    new EndpointAnswer.None(
                            switch (why) {
                                case REFUSED, UNRESOLVED -> reason;
                                case CONNECTION, TLS, TIMEOUT, TOO_LARGE, REDIRECT, PROTOCOL ->
                                        "The endpoint " + reason + ".";
                            });
        };
    }

    /** Seconds or a date (RFC 9110, 10.2.3); anything else counts as absent. */
    private Optional<Duration> pause(String value) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            var pause = Duration.between(clock.instant(), until.toInstant());
            return pause.isNegative() ? Optional.empty() : Optional.of(pause);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
