/**
 * Nobody is surprised: who is told when something happens to a mailbox. In come events, from
 * whoever lets them happen and in the same transaction; out go rows for the webhooks' herald. What
 * can go wrong is the database's: then neither the change nor its event has happened.
 */
@NullMarked
package dev.postrider.mailbox.notify;

import org.jspecify.annotations.NullMarked;
