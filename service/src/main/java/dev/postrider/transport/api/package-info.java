/**
 * What mailboxes have in common that send by their provider's HTTP API. In come a lane's due emails
 * and access tokens, out goes an {@link dev.postrider.email.Outcome} for each email; an answer that
 * may have been lost is looked for in the mailbox before anything is sent again. A provider is a
 * {@link dev.postrider.transport.api.MailApi} in a room of its own.
 */
@NullMarked
package dev.postrider.transport.api;

import org.jspecify.annotations.NullMarked;
