/**
 * Speaks SMTP submission (RFC 6409) to one server, blocking, on virtual threads, with the JDK
 * alone.
 *
 * <p>In: a {@link dev.postrider.smtp.Server}, {@link dev.postrider.smtp.Credentials} and {@link
 * dev.postrider.smtp.Message}s. Out: an {@link dev.postrider.smtp.Opening} for a connection and a
 * {@link dev.postrider.smtp.Result} for each message. Whatever a server or a network does is a
 * value; an exception is a caller's mistake. A {@link dev.postrider.smtp.Connection} belongs to one
 * thread at a time; a {@link dev.postrider.smtp.Pool} is shared by many.
 */
@NullMarked
package dev.postrider.smtp;

import org.jspecify.annotations.NullMarked;
