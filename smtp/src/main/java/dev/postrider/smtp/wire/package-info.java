/**
 * Commands out and replies in over one socket, bounded in time and size; what a transcript shows.
 */
@NullMarked
package dev.postrider.smtp.wire;

import org.jspecify.annotations.NullMarked;
