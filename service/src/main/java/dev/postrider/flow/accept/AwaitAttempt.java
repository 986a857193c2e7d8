package dev.postrider.flow.accept;

import dev.postrider.email.EmailKey;
import dev.postrider.flow.store.AwaitedEmails;
import dev.postrider.flow.store.AwaitedEmails.Progress;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.util.Optional;

/** Waits for an email's first attempt, wherever it is made. */
final class AwaitAttempt {
    /** How late an attempt on another node may be noticed. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final AwaitedEmails table;

    AwaitAttempt(AwaitedEmails table) {
        this.table = table;
    }

    /** How the wait ended. */
    sealed interface Ended {
        /** The first attempt has ended. */
        record Attempted(Progress progress) implements Ended {}

        /** The server refused the login, and the email is not kept. */
        record Forgotten() implements Ended {}

        /** The time is over; the email stays queued. */
        record StillWaiting() implements Ended {}

        /** The mailbox rests for longer than the caller waits; the email stays queued. */
        record Resting(Duration rest) implements Ended {}
    }

    Ended await(EmailKey email, Wakeups.Settlement settlement, Duration wait)
            throws InterruptedException {
        var end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() - end < 0) {
            var left = Duration.ofNanos(end - System.nanoTime());
            settlement.await(left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY);
            var ended = look(email);
            if (ended.isPresent()) {
                return ended.get();
            }
            var rest = table.rest(email);
            if (rest.isPresent()
                    && System.nanoTime() + rest.get().toNanos() - end > 0
                    && table.stopWaiting(email)) {
                return new Ended.Resting(rest.get());
            }
        }
        if (table.stopWaiting(email)) {
            return new Ended.StillWaiting();
        }
        return look(email).orElseGet(Ended.StillWaiting::new);
    }

    private Optional<Ended> look(EmailKey email) {
        var progress = table.progress(email);
        if (progress.isEmpty()) {
            return Optional.of(new Ended.Forgotten());
        }
        return progress.get().awaited()
                ? Optional.empty()
                : Optional.of(new Ended.Attempted(progress.get()));
    }
}
