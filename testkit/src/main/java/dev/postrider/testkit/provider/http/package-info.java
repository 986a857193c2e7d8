/**
 * An HTTP/1.1 server on loopback that can misbehave: a request comes in, the script of faults is
 * asked, the endpoint's handler answers, and the answer goes out whole, in part or not at all. It
 * is written on sockets, since the JDK's own server can't reset a connection.
 */
@NullMarked
package dev.postrider.testkit.provider.http;

import org.jspecify.annotations.NullMarked;
