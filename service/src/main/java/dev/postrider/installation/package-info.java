/**
 * The installation as its operator sees it: nodes, lanes, keys, the database, what is set.
 *
 * <p>In come the features' own figures, none of which costs more the more email there is; out goes
 * one {@link dev.postrider.installation.Reading}, at most one in some seconds on each node. When
 * the database is away there is none.
 */
@NullMarked
package dev.postrider.installation;

import org.jspecify.annotations.NullMarked;
