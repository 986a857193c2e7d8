/**
 * What all servers of the testkit are made of: a listener on loopback with a virtual thread for
 * each connection, and a server's side of a connection, with TLS when it is asked for.
 */
@NullMarked
package dev.postrider.testkit.wire;

import org.jspecify.annotations.NullMarked;
