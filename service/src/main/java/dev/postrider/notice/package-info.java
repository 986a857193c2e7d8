/**
 * Emails that the program writes by itself, to owners of mailboxes that are held or whose grants
 * end. In come the rows that {@code mailbox.notify} has written with what happened; out goes an
 * email through the workspace's notification mailbox, accepted, stored and sent as any other. What
 * can go wrong is that nobody is there to write to, or nothing to say any more: then none is sent.
 */
@NullMarked
package dev.postrider.notice;

import org.jspecify.annotations.NullMarked;
