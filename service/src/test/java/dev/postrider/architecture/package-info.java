/**
 * The boundaries of the house, executable, and below {@code twin} a program that breaks each of
 * them.
 */
@NullMarked
package dev.postrider.architecture;

import org.jspecify.annotations.NullMarked;
