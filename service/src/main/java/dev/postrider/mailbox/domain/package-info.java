/**
 * The domains of connected mailboxes, as clients of other services know them. In comes a caller,
 * out come the domains of what they may see; nothing is stored, each is made of its mailboxes. What
 * can go wrong is the database's.
 */
@NullMarked
package dev.postrider.mailbox.domain;

import org.jspecify.annotations.NullMarked;
