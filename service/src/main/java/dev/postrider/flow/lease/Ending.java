package dev.postrider.flow.lease;

import java.time.Duration;

/** Why a round of sending is over. */
sealed interface Ending {
    /**
     * Nothing is due.
     *
     * @param wakes the lane's count before the last look
     */
    record Idle(long wakes) implements Ending {}

    /** A limit is reached, the provider's or the mailbox's own. */
    record Rest(Duration pause, String reason) implements Ending {}

    /** The server can't be reached, or breaks off: the longer it lasts the longer the pause. */
    record ServerAway(String reason) implements Ending {}

    /** The mailbox has changed, was held or is gone: it is looked at again. */
    record MailboxChanged() implements Ending {}

    /** Others have their turn, or this node stops. */
    record Leave() implements Ending {}

    /** Another node has the lane. */
    record LeaseEnded() implements Ending {}

    /** The database can't be asked just now; it may have begun emails without saying so. */
    record DatabaseGone() implements Ending {}

    /** A bug, or an email that can't be written: the lane is left to its next lease. */
    record Failed(RuntimeException cause) implements Ending {}
}
