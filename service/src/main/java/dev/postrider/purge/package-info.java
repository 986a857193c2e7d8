/**
 * Deletes what has been kept long enough, wherever it is: each feature with a table that grows has
 * a {@link dev.postrider.purge.Purge} of its own beside its other SQL, one machine runs them all.
 */
@NullMarked
package dev.postrider.purge;

import org.jspecify.annotations.NullMarked;
