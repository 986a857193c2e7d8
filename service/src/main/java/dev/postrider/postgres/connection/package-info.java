/**
 * How the program is connected to its server, and what stands between. In comes a {@link
 * dev.postrider.postgres.connection.DatabaseUrl} with one host or several, out go pooled
 * connections to whichever server may be written to, each with the settings that the plans need. A
 * pooler on the way is found out ({@link dev.postrider.postgres.connection.Pooling}); when another
 * server takes over, connections to the last one are cut. Nothing here knows the schema or a row.
 */
@NullMarked
package dev.postrider.postgres.connection;

import org.jspecify.annotations.NullMarked;
