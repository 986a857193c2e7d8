/**
 * What comes before there is a request: heads that drip, or that can't be read.
 *
 * <p>The HTTP server below answers the latter without a body, and waits for the former as long as
 * their senders like. In come a connection's messages, out go those of heads that are whole.
 */
@NullMarked
package dev.postrider.http.head;

import org.jspecify.annotations.NullMarked;
