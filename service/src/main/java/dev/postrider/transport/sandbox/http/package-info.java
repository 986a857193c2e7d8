/** The HTTP side of sandboxes: what one has kept, for whoever may see its mailbox. */
@NullMarked
package dev.postrider.transport.sandbox.http;

import org.jspecify.annotations.NullMarked;
