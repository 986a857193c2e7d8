/**
 * {@code /connect-links}. In come JSON and a caller, out go links without their tokens; who may ask
 * for whose is decided here, what becomes of a link in {@link dev.postrider.mailbox.connect}.
 */
@NullMarked
package dev.postrider.mailbox.connect.http;

import org.jspecify.annotations.NullMarked;
