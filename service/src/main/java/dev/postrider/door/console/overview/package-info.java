/**
 * The console's first page: what needs somebody first, then how the last day went. Asks the API,
 * and counts nothing itself; what its viewer may not see isn't there.
 */
@NullMarked
package dev.postrider.door.console.overview;

import org.jspecify.annotations.NullMarked;
