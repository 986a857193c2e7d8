/** Reads what a message says, and where its files stand, in one pass (docs/decisions/0042). */
@NullMarked
package dev.postrider.mime.read;

import org.jspecify.annotations.NullMarked;
