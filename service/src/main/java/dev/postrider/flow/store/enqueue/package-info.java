/**
 * New emails become rows: email, content, recipients, tags, what they are searched by, and their
 * lanes are due; requests that may come again are known by their keys. In come submissions that are
 * whole, out goes when each is due and whether it is begun already. A key that was used before is
 * an answer; nothing of an email is kept without all of it.
 */
@NullMarked
package dev.postrider.flow.store.enqueue;

import org.jspecify.annotations.NullMarked;
