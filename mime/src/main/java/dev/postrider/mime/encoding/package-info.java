/**
 * Octets and how they travel in lines: transfer encodings (RFC 2045 section 6), streamed both ways.
 */
@NullMarked
package dev.postrider.mime.encoding;

import org.jspecify.annotations.NullMarked;
