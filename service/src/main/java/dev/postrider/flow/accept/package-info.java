/**
 * The intake: in comes a caller with an email request, or a raw message with its envelope, by
 * whatever door; out goes what is kept, after the commit, or a {@link
 * dev.postrider.flow.accept.Rejection} with a stable code. Knows no HTTP, no JSON and no language.
 */
@NullMarked
package dev.postrider.flow.accept;

import org.jspecify.annotations.NullMarked;
