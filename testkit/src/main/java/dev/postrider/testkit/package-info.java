/**
 * Servers and networks for tests, labs and benches, on loopback, with the JDK and a reader of JSON.
 * A kind of server has a room: {@code script}, {@code fault} and {@code sink} are SMTP servers of
 * our own, {@code postfix} is a real one, in {@code peer} are more; {@code wire} is what they are
 * made of, {@code authority} signs their certificates, and {@code link} puts a distance between
 * client and server. {@code provider} has a Google and a Microsoft of our own. {@code program} is
 * Postrider itself from outside, with its database.
 */
@NullMarked
package dev.postrider.testkit;

import org.jspecify.annotations.NullMarked;
