/**
 * What stands in header fields: encoded words (RFC 2047), folding (RFC 5322 section 2.2.3),
 * parameters (RFC 2231).
 */
@NullMarked
package dev.postrider.mime.header;

import org.jspecify.annotations.NullMarked;
