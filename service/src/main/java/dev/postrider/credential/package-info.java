/**
 * What mailboxes log in with. In come secrets from whoever connects a mailbox, out they go to its
 * transport alone: no answer, log line or {@code toString} has one.
 */
@NullMarked
package dev.postrider.credential;

import org.jspecify.annotations.NullMarked;
