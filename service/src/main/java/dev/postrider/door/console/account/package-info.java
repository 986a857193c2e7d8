/**
 * One's own account, and choosing a password with a ticket. In come requests of somebody who is
 * signed in, or who has a ticket; out go pages. A ticket stands in the link that an admin has
 * handed on, and nowhere else: no log, no other page, no referrer.
 */
@NullMarked
package dev.postrider.door.console.account;

import org.jspecify.annotations.NullMarked;
