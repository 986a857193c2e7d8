package dev.postrider.mailbox.health;

import dev.postrider.credential.grant.GrantInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * How a mailbox is doing, apart from its state.
 *
 * @param waiting emails that it has still to send, counted up to {@link #MOST}, or {@link
 *     #MOST_EACH}
 * @param latest how its emails have ended lately
 * @param grant what its user has granted; empty for one that logs in with a password
 * @param rest until when it rests; empty when it doesn't
 */
public record MailboxHealth(
        DayUsage used,
        long waiting,
        LatestEnds latest,
        Optional<Rest> rest,
        Optional<GrantInfo> grant) {
    /** A count over a long queue would be a load of its own. */
    public static final int MOST = 10_000;

    /** The same for each of several mailboxes, as lists show them. */
    public static final int MOST_EACH = 1_000;

    /** Of so many emails it is told how they ended. */
    static final int ENDED = 200;

    /** The same for each of several mailboxes. */
    static final int ENDED_EACH = 20;

    public static final MailboxHealth NEW =
            new MailboxHealth(
                    DayUsage.NOTHING, 0, LatestEnds.NONE, Optional.empty(), Optional.empty());

    /**
     * An active mailbox sends nothing for a while, and goes on by itself.
     *
     * @param isServerAway whether its server can't be reached; else a limit is reached
     * @param reason in words, the server's where it spoke; may be empty
     */
    public record Rest(Instant until, boolean isServerAway, String reason) {}
}
