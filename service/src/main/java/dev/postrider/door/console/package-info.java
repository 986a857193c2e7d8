/**
 * The console: pages for people, made on the server out of answers of our own API, which it calls
 * with the session of the browser. So a page shows and does what its user may by the API, and
 * nothing else; there is no rule, no SQL and no feature in here.
 *
 * <p>This room is the frame: who visits ({@link dev.postrider.door.console.EnterConsole}), the
 * layout, forms, times, words for what went wrong. Each page has a room of its own, {@code call} is
 * the way to the API.
 */
@NullMarked
package dev.postrider.door.console;

import org.jspecify.annotations.NullMarked;
