/** Sending nowhere: what a mailbox sends is kept in the database, to be looked at. */
@NullMarked
package dev.postrider.transport.sandbox;

import org.jspecify.annotations.NullMarked;
