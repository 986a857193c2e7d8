/**
 * The queues of mailboxes: who has leased a lane, what its mailbox has used of its limits, which
 * nodes live. In database time.
 */
@NullMarked
package dev.postrider.flow.store.lane;

import org.jspecify.annotations.NullMarked;
