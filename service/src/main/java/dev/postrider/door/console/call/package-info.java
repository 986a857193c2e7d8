/**
 * The way from the console to our own API: requests over a port of the loopback that nobody else is
 * answered at, with the browser's session for a token. What comes back is a value, refusals
 * included.
 */
@NullMarked
package dev.postrider.door.console.call;

import org.jspecify.annotations.NullMarked;
