/** A server that plays a written conversation, and complains when the client leaves it. */
@NullMarked
package dev.postrider.testkit.script;

import org.jspecify.annotations.NullMarked;
