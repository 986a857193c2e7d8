/**
 * Backup and restore, and the way to PostgreSQL's next major version.
 *
 * <p>In comes a database that may be in use, out goes one file: a tar of rows, compressed, sealed
 * if asked, whole or not there at all. The other way goes only what has been read and checked to
 * its end, into a folder or database with nothing in it. What an operator can mend is a {@link
 * dev.postrider.backup.BackupUnusable} or a {@link dev.postrider.postgres.DatabaseUnusable}.
 */
@NullMarked
package dev.postrider.backup;

import org.jspecify.annotations.NullMarked;
