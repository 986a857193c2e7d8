/**
 * A stateful Microsoft on loopback, Entra ID and Graph on one port: {@link
 * dev.postrider.testkit.provider.microsoft.FakeMicrosoft} is what a test starts, plays and asks.
 * Requests come in by the real paths; {@code oauth} answers those for tokens and {@code graph}
 * those for mail, by what {@code state} knows.
 */
@NullMarked
package dev.postrider.testkit.provider.microsoft;

import org.jspecify.annotations.NullMarked;
