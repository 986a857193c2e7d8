/**
 * Servers and networks for tests and benches, on loopback, with the JDK alone. A kind of server has
 * a room: {@code script}, {@code fault} and {@code sink} are SMTP servers of our own, {@code
 * postfix} is a real one; {@code wire} is what they are made of, {@code authority} signs their
 * certificates, and {@code link} puts a distance between client and server.
 */
@NullMarked
package dev.postrider.testkit;

import org.jspecify.annotations.NullMarked;
