/**
 * Connected mailboxes: whose they are, which server sends for them, their secrets and their state.
 *
 * <p>In come requests of {@code /mailboxes} and the flow's questions; out go a {@link
 * dev.postrider.mailbox.Mailbox}, its {@link dev.postrider.mailbox.Transport} and, for whatever
 * connects, addresses that the {@link dev.postrider.mailbox.OutboundGuard} lets pass. Secrets are
 * sealed for their mailbox; no answer, log line or {@code toString} has them. What can go wrong is
 * a value: a field error, a name that leads to a private address, credentials that no key opens.
 */
@NullMarked
package dev.postrider.mailbox;

import org.jspecify.annotations.NullMarked;
