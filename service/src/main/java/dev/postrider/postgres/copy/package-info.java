/**
 * All rows of a database, out of it and into another, as one moment saw them.
 *
 * <p>Rows travel in the server's binary COPY format, which is the same in all versions that
 * Postrider runs on. Out comes a {@link dev.postrider.postgres.copy.Snapshot}; in goes, in one
 * transaction, what {@link dev.postrider.postgres.copy.LoadTables} is given. What stops either is a
 * {@link dev.postrider.postgres.DatabaseUnusable} in the server's words.
 */
@NullMarked
package dev.postrider.postgres.copy;

import org.jspecify.annotations.NullMarked;
