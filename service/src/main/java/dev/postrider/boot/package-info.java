/**
 * Configuration, wiring, start and stop.
 *
 * <p>In comes the environment, out goes a running program. Whatever keeps it from starting is a
 * {@link dev.postrider.boot.CannotStart}, one line that says what to do; a stack trace at start is
 * a bug.
 */
@NullMarked
package dev.postrider.boot;

import org.jspecify.annotations.NullMarked;
