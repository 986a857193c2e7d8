/**
 * The database, embedded or the operator's own, and the only home of connections.
 *
 * <p>In comes a {@link dev.postrider.postgres.connection.DatabaseUrl} or a server of the program's
 * own, out goes a {@link dev.postrider.postgres.Database}: migrated, pooled, durable. What an
 * operator can mend (folder, login, version) is a {@link dev.postrider.postgres.DatabaseUnusable}
 * with the reason.
 */
@NullMarked
package dev.postrider.postgres;

import org.jspecify.annotations.NullMarked;
