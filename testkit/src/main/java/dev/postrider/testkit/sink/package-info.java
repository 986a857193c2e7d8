/**
 * A server that takes mail as fast as it comes and tells a {@link
 * dev.postrider.testkit.sink.Behaviour} of each message, which may be slow, refuse, or hang up.
 */
@NullMarked
package dev.postrider.testkit.sink;

import org.jspecify.annotations.NullMarked;
