/** A server that goes wrong in one way at one stage of each connection, and right otherwise. */
@NullMarked
package dev.postrider.testkit.fault;

import org.jspecify.annotations.NullMarked;
