/**
 * Both providers as a program: {@link dev.postrider.testkit.provider.run.RunProviders} prints where
 * they are, and a page of plain forms plays with accounts, faults, switches, limits and the clock,
 * and shows what was sent. In come a person's forms, out go the same calls that a test makes.
 */
@NullMarked
package dev.postrider.testkit.provider.run;

import org.jspecify.annotations.NullMarked;
