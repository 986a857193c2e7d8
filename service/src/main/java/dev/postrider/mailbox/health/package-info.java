/**
 * How mailboxes are doing: what waits and what ended last, what they have used of their day,
 * whether they rest, and when their grants end; of one, of a page of them, of all in the
 * installation. In come mailboxes, out go numbers that are bounded, so that a full queue costs a
 * look no more than an empty one. The flow answers for their mail ({@link
 * dev.postrider.mailbox.health.QueuedMail}), which this room can't know.
 */
@NullMarked
package dev.postrider.mailbox.health;

import org.jspecify.annotations.NullMarked;
