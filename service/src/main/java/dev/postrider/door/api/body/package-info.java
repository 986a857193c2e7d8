/**
 * Bodies of requests: JSON in UTF-8, read piece by piece with a bound on everything in it, large
 * contents from where they stand. In comes a stream, out goes a tree, or a {@link
 * dev.postrider.http.Problem}.
 */
@NullMarked
package dev.postrider.door.api.body;

import org.jspecify.annotations.NullMarked;
