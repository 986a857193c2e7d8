/**
 * Turns an email into RFC 5322 bytes, checks bytes that a caller composed elsewhere, and reads what
 * kept ones say.
 *
 * <p>{@code compose}: in comes a {@link dev.postrider.mime.compose.Draft}; out comes {@link
 * dev.postrider.mime.compose.Composed}: only CRLF line ends, only 7-bit octets (unless an
 * internationalised address is in a header), no line over 998 octets, the same bytes for the same
 * draft. {@code raw} checks a message composed elsewhere. {@code read} goes the other way: {@link
 * dev.postrider.mime.read.ParsedMessage}, in one pass, in time that grows with the length alone, as
 * far as {@link dev.postrider.mime.read.MessageLimits} go. The rooms beside them know one grammar
 * each: {@code address}, {@code header}, {@code encoding}, {@code html}, {@code text}.
 *
 * <p>What is wrong with a draft, a raw message or an address is a value that names the field and
 * says what to do: {@link dev.postrider.mime.compose.Flaw}, {@link
 * dev.postrider.mime.address.MalformedAddress}. The only exception is the {@link
 * java.io.IOException} of an attachment's source that can't be read.
 *
 * <p>No I/O of its own, no framework, no shared state.
 */
@NullMarked
package dev.postrider.mime;

import org.jspecify.annotations.NullMarked;
