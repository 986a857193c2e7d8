/**
 * The way of an email, a package for each step, in the order in which it meets them:
 *
 * <pre>{@code
 * accept ─► compose ─► enqueue ║ lease ─► send ─► settle ║ webhook
 * }</pre>
 *
 * <p>Three machines, between the double lines: intake, worker, herald. They share the nouns of
 * {@code email} and the database, and import nothing of each other.
 */
@NullMarked
package dev.postrider.flow;

import org.jspecify.annotations.NullMarked;
