/**
 * How mailboxes send: one room for each kind of transport, and here what all kinds have in common.
 * In come a lane's due emails, out goes an {@link dev.postrider.email.Attempt} for each. Whatever a
 * server or a network does is an {@link dev.postrider.email.Outcome}.
 */
@NullMarked
package dev.postrider.transport;

import org.jspecify.annotations.NullMarked;
