package dev.postrider.backup;

import dev.postrider.flow.store.change.DoubtQueuedMail;
import dev.postrider.mailbox.PauseMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.RestoreMark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Sees to the emails that waited when a backup was made. */
public record DoubtWaiting(Database database) {
    /**
     * How many there are.
     *
     * @param forLater those besides that are scheduled for a time still to come
     * @param mailboxes that some of either wait in
     * @param paused those of them that sent until now
     */
    public record Told(long emails, long forLater, int mailboxes, int paused) {}

    /** In one transaction, after which programs may start on the database. */
    Told since(Instant takenAt, Waiting waiting) {
        return database.inTransaction(handle -> {
            handle.execute("set local statement_timeout = 0");
            var doubted = DoubtQueuedMail.since(handle, takenAt, waiting == Waiting.REPORT);
            var paused = 0;
            if (waiting == Waiting.HOLD) {
                for (var each : doubted) {
                    if (PauseMailboxes.pause(handle, each.lane(), reason(takenAt, each))) {
                        paused++;
                    }
                }
            }
            RestoreMark.remove(handle);
            var emails = doubted.stream().mapToLong(DoubtQueuedMail.Doubted::emails).sum();
            var forLater = doubted.stream().mapToLong(DoubtQueuedMail.Doubted::forLater).sum();
            return new Told(emails, forLater, doubted.size(), paused);
        });
    }

    private static String reason(Instant takenAt, DoubtQueuedMail.Doubted doubted) {
        return "Restored from a backup of "
                + takenAt.truncatedTo(ChronoUnit.SECONDS)
                + ": "
                + emails(doubted.emails())
                + " waited then and may have been sent since"
                + (doubted.forLater() == 0
                        ? ""
                        : "; so may "
                                + emails(doubted.forLater())
                                + " scheduled for later, if moved to an earlier time")
                + ". Cancel what was sent, then resume.";
    }

    private static String emails(long number) {
        return number + (number == 1 ? " email" : " emails");
    }
}
