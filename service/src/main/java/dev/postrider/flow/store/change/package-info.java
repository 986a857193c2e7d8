/**
 * Emails that somebody changes while they wait or after they ended: cancel, retry, send through
 * another mailbox, and the queue of a mailbox that is removed. In come whose emails and what is to
 * be changed, out goes what each was found as; the events of it are written in the same
 * transaction. A lost race is an answer: only a state that allows the change is changed.
 */
@NullMarked
package dev.postrider.flow.store.change;

import org.jspecify.annotations.NullMarked;
