/**
 * Makes one attempt for each due email, over its mailbox's own transport: in come a lane's due
 * emails, out goes an {@link dev.postrider.email.Attempt} for each. Nothing leaves before the
 * caller has marked it begun. Whatever a server or a network does is an {@link
 * dev.postrider.email.Outcome}.
 */
@NullMarked
package dev.postrider.flow.send;

import org.jspecify.annotations.NullMarked;
