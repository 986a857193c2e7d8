/**
 * Connects mailboxes in the browser. In comes a wish for a link and, later, whoever opens it; out
 * comes a mailbox, connected by a provider's consent or by a password that worked. Nothing is
 * stored before the account is known to be the right one; what goes wrong is a {@link
 * dev.postrider.mailbox.connect.ConnectFailure}, after which the link can be tried again.
 */
@NullMarked
package dev.postrider.mailbox.connect;

import org.jspecify.annotations.NullMarked;
