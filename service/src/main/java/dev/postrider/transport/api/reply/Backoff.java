package dev.postrider.transport.api.reply;

import dev.postrider.transport.Throttles;
import dev.postrider.transport.Transport.MailboxKey;
import java.time.Duration;

/**
 * How long a mailbox rests that was told to slow down: longer each time in a row, since the time
 * that a provider names is often too early, and a try that comes too early may move it.
 */
public record Backoff(Throttles throttles) {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 8;

    /**
     * The rest after another refusal.
     *
     * @param least what the rule asks for, the first time; doubled each time after
     * @param asked what the provider asks for, which comes first
     */
    public Duration rest(MailboxKey mailbox, Duration least, Duration asked) {
        var doublings = Math.clamp(throttles.again(mailbox) - 1, 0, MOST_DOUBLINGS);
        var rest = asked.plus(least.multipliedBy(1L << doublings));
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }

    /** It was taken: the next refusal is a first one. */
    public void taken(MailboxKey mailbox) {
        throttles.over(mailbox);
    }
}
