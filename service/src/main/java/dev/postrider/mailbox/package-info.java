/**
 * Connected mailboxes: whose they are, how they send, and whether they do. In come requests of
 * {@code /mailboxes} and the flow's questions; out go a {@link dev.postrider.mailbox.Mailbox}, its
 * health, and events of what happened to it, written with what they tell. Secrets are sealed for
 * their mailbox and stand in no answer, log line or {@code toString}; what can go wrong is a value:
 * a change that somebody else was faster with, a limit, credentials that no key opens.
 */
@NullMarked
package dev.postrider.mailbox;

import org.jspecify.annotations.NullMarked;
