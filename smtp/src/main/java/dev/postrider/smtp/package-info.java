/**
 * Speaks SMTP submission (RFC 6409) to one server, blocking, on virtual threads, with the JDK
 * alone.
 *
 * <p>In: a {@link dev.postrider.smtp.server.Server}, {@link dev.postrider.smtp.login.Credentials}
 * and {@link dev.postrider.smtp.message.Message}s. Out: an {@link
 * dev.postrider.smtp.connect.Opening} for a connection and a {@link dev.postrider.smtp.send.Result}
 * for each message. Whatever a server or a network does is a value; an exception is a caller's
 * mistake. A {@link dev.postrider.smtp.send.Connection} belongs to one thread at a time; a {@link
 * dev.postrider.smtp.pool.Pool} is shared by many.
 *
 * <p>The rooms, each of which uses those before it: {@code reply}, {@code wire}, {@code server},
 * {@code message}, {@code login}, {@code send}, {@code connect}, {@code pool}.
 */
@NullMarked
package dev.postrider.smtp;

import org.jspecify.annotations.NullMarked;
