/**
 * Turns an email into RFC 5322 bytes, checks bytes that a caller composed elsewhere, and reads what
 * kept ones say.
 *
 * <p>In comes a {@link Draft}; out comes {@link Composed}: only CRLF line ends, only 7-bit octets
 * (unless an internationalised address is in a header), no line over 998 octets, the same bytes for
 * the same draft. {@link ParsedMessage} goes the other way in one pass, in time that grows with the
 * length alone, as far as {@link MessageLimits} go. What is wrong with a draft, a raw message or an
 * address is a value that names the field and says what to do: {@link Flawed}, {@link
 * MalformedAddress}. The only exception is the {@link java.io.IOException} of an attachment's
 * source that can't be read.
 *
 * <p>No I/O of its own, no framework, no shared state.
 */
@NullMarked
package dev.postrider.mime;

import org.jspecify.annotations.NullMarked;
