package dev.postrider.transport.api.reply;

import dev.postrider.transport.Transport.MailboxKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often in a row a mailbox was told to slow down: each time it rests longer, since the time
 * that a provider names is often too early, and a try that comes too early may move it. For this
 * node, as long as the program runs. Safe for concurrent use.
 */
public final class Backoff {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 8;

    private final Map<MailboxKey, Integer> inARow = new ConcurrentHashMap<>();

    /**
     * The rest after another refusal.
     *
     * @param least what the rule asks for, the first time; doubled each time after
     * @param asked what the provider asks for, which comes first
     */
    public Duration rest(MailboxKey mailbox, Duration least, Duration asked) {
        var count = inARow.merge(mailbox, 1, Integer::sum);
        var own = least.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
        var rest = asked.plus(own);
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }

    /** It was taken: the next refusal is a first one. */
    public void taken(MailboxKey mailbox) {
        inARow.remove(mailbox);
    }
}
