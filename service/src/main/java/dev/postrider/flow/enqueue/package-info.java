/**
 * Keeps a composed email: in comes a {@link dev.postrider.flow.store.NewEmail}, out goes the fact
 * that it is committed, with its content, its recipients and its lane's wake-up. When the database
 * can't keep up nothing is taken, and the caller is told at once.
 */
@NullMarked
package dev.postrider.flow.enqueue;

import org.jspecify.annotations.NullMarked;
