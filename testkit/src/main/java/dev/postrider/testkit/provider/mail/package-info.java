/**
 * Messages as a provider keeps them: octets with their header fields, of which a provider replaces
 * some and drops others, and leaves the rest as it came. Addresses are read by Apache Mime4j and
 * not by our own reader, so that one fault isn't on both sides.
 */
@NullMarked
package dev.postrider.testkit.provider.mail;

import org.jspecify.annotations.NullMarked;
