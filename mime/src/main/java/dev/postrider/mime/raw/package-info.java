/** Checks a message that the caller composed, and completes what it lacks. */
@NullMarked
package dev.postrider.mime.raw;

import org.jspecify.annotations.NullMarked;
