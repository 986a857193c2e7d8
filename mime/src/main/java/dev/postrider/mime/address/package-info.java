/**
 * Email addresses as people and programs write them (RFC 5322 section 3.4, RFC 5321 section 4.1.2,
 * RFC 6531): one, a list, or the author whom every reader finds.
 */
@NullMarked
package dev.postrider.mime.address;

import org.jspecify.annotations.NullMarked;
