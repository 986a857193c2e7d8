/**
 * Mailboxes that send through Microsoft Graph (kind {@code microsoft}). A message goes whole, as
 * base64 text; an answer that was lost is looked for in Sent Items, where the copy comes after a
 * while. What Graph accepts it has yet to transport: failures come to the inbox.
 */
@NullMarked
package dev.postrider.transport.graph;

import org.jspecify.annotations.NullMarked;
