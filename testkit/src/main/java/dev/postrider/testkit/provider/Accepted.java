package dev.postrider.testkit.provider;

import dev.postrider.testkit.provider.mail.StoredMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts the emails that were accepted, whatever the client heard of it: by account, and by the
 * values of their own {@code X-} headers. Its own lock guards it.
 */
public final class Accepted {
    private final Map<String, Integer> byAccount = new HashMap<>();
    private final Map<String, Map<String, Integer>> byHeader = new HashMap<>();
    private int total;

    public synchronized int total() {
        return total;
    }

    public synchronized int of(String account) {
        return byAccount.getOrDefault(account.toLowerCase(Locale.ROOT), 0);
    }

    /** How often an email with this header was accepted. */
    public synchronized int with(String header, String value) {
        return by(header).getOrDefault(value, 0);
    }

    /** Each value of a header, and how often it was accepted. */
    public synchronized Map<String, Integer> by(String header) {
        return Map.copyOf(byHeader.getOrDefault(header.toLowerCase(Locale.ROOT), Map.of()));
    }

    /** Until so many were accepted in all. */
    public synchronized void await(int count, Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        while (total < count) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(total + " were accepted, not " + count);
            }
            wait(left);
        }
    }

    public synchronized void add(String account, StoredMessage message) {
        total++;
        byAccount.merge(account.toLowerCase(Locale.ROOT), 1, Integer::sum);
        message.fields()
                .ownFields()
                .forEach((name, value) ->
                        byHeader.computeIfAbsent(name, any -> new HashMap<>())
                                .merge(value, 1, Integer::sum));
        notifyAll();
    }
}
