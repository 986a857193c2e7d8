/**
 * A PostgreSQL that the program starts and stops by itself, with its files in the data folder.
 *
 * <p>In comes a folder that this program alone holds, out goes a server that answers on loopback
 * and is started again when something else ends it. Its programs are the distribution's or those
 * that Postrider brings. What an operator can mend (a folder in use, data of another version) is a
 * {@link dev.postrider.postgres.DatabaseUnusable} with the reason.
 */
@NullMarked
package dev.postrider.postgres.embedded;

import org.jspecify.annotations.NullMarked;
