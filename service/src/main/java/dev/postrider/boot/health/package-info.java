/**
 * What orchestrators and operators ask on the management port.
 *
 * <p>A check says what it found in words. Readiness is for whoever sends requests elsewhere,
 * liveness for whoever starts the program again.
 */
@NullMarked
package dev.postrider.boot.health;

import org.jspecify.annotations.NullMarked;
