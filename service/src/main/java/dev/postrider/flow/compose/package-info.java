/**
 * Turns an accepted email into the RFC 5322 bytes that every attempt sends. What a composer can't
 * express is a {@link dev.postrider.mime.compose.Flaw}, field by field.
 */
@NullMarked
package dev.postrider.flow.compose;

import org.jspecify.annotations.NullMarked;
