package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an app has used of a mailbox. Its own lock guards it. */
final class Throttle {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final Window requests = new Window(TEN_MINUTES);
    private final Window messages = new Window(MINUTE);
    private final Window recipients = new Window(DAY);
    private int current;

    /** How much was used in the clock's current span. */
    private static final class Window {
        private final Duration span;
        private long number;
        private long used;

        private Window(Duration span) {
            this.span = span;
        }

        private boolean take(Instant now, long count, long limit) {
            long current = now.getEpochSecond() / span.toSeconds();
            if (current != number) {
                number = current;
                used = 0;
            }
            if (count > limit - used) {
                return false;
            }
            used += count;
            return true;
        }

        private Duration left(Instant now) {
            return Duration.ofSeconds(span.toSeconds() - now.getEpochSecond() % span.toSeconds());
        }
    }

    /** Empty when the call may go on, which must {@link #leave} then. */
    synchronized Optional<Response> enter(MicrosoftState microsoft) {
        Instant now = microsoft.now();
        long limit = microsoft.limit(MicrosoftLimit.REQUESTS_IN_TEN_MINUTES);
        if (current >= microsoft.limit(MicrosoftLimit.CONCURRENT)) {
            return Optional.of(GraphError.CONCURRENCY.retryAfter(Duration.ofSeconds(1)));
        }
        if (!requests.take(now, 1, limit)) {
            return Optional.of(GraphError.TOO_MANY_REQUESTS.retryAfter(requests.left(now)));
        }
        current++;
        return Optional.empty();
    }

    synchronized void leave() {
        current--;
    }

    /** Empty when the message may be accepted, and is counted. */
    synchronized Optional<Response> takeMessage(MicrosoftState microsoft, int to) {
        Instant now = microsoft.now();
        if (!messages.take(now, 1, microsoft.limit(MicrosoftLimit.MESSAGES_A_MINUTE))) {
            return Optional.of(GraphError.CONCURRENCY.retryAfter(messages.left(now)));
        }
        return recipients.take(now, to, microsoft.limit(MicrosoftLimit.RECIPIENTS_A_DAY))
                ? Optional.empty()
                : Optional.of(GraphError.DAILY_LIMIT.response());
    }
}
