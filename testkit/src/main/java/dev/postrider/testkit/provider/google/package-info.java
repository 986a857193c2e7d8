/**
 * A stateful Google on loopback: {@link dev.postrider.testkit.provider.google.FakeGoogle} is what a
 * test starts, plays and asks. Requests come in by the real paths; {@code oauth} answers those for
 * tokens and {@code gmail} those for mail, by what {@code state} knows.
 */
@NullMarked
package dev.postrider.testkit.provider.google;

import org.jspecify.annotations.NullMarked;
