/**
 * The worker's loop: takes lanes that have due mail, for a while and with a fencing epoch, lets
 * {@code send} and {@code settle} do their work on each, gives lanes back. A lane is one mailbox's
 * queue and has a thread of its own, so no mailbox waits for another. A node that dies loses its
 * lanes to others when their leases end; what it had begun is then unknown, all else is sent as if
 * nothing had been.
 */
@NullMarked
package dev.postrider.flow.lease;

import org.jspecify.annotations.NullMarked;
