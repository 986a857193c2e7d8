package dev.postrider.door.console.call;

import dev.postrider.identity.OpaqueToken;

/**
 * Whom a call is for.
 *
 * @param address where the browser is
 * @param scheme by which it came
 * @param host that it asked for, with the port
 */
public record OnBehalf(OpaqueToken session, String address, String scheme, String host) {}
