/** A distance between a client and a server. */
@NullMarked
package dev.postrider.testkit.link;

import org.jspecify.annotations.NullMarked;
