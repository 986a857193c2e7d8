/**
 * The console's first page: what needs somebody first, then how it goes. Asks the API, and counts
 * nothing itself.
 */
@NullMarked
package dev.postrider.door.console.overview;

import org.jspecify.annotations.NullMarked;
