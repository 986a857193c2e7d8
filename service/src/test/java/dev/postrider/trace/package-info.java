/** Traces and logs as a collector gets them. */
@NullMarked
package dev.postrider.trace;

import org.jspecify.annotations.NullMarked;
