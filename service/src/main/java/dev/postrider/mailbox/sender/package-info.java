/**
 * Which mailbox sends: in come users who name none, and addresses that somebody wants to send as;
 * out comes a mailbox, or none. Each email asks, so look-ups share queries and are remembered for a
 * moment; whoever changes a mailbox says so. What can go wrong is the database's.
 */
@NullMarked
package dev.postrider.mailbox.sender;

import org.jspecify.annotations.NullMarked;
