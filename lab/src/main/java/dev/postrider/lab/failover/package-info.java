/**
 * Two nodes on a database that fails over: PostgreSQL under Patroni with a synchronous standby,
 * HAProxy or several hosts, PgBouncer, all of Debian's packages. The primary, the standby and the
 * pooler are killed or stopped under a stream of calls, one fault at a time; after each of them
 * every accepted email is looked for in the database, in the sink and by the API, and the pause is
 * told.
 */
@NullMarked
package dev.postrider.lab.failover;

import org.jspecify.annotations.NullMarked;
