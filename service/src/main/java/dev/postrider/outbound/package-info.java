/**
 * Everything that calls out on a user's word. In come a host or a URL that somebody names; out goes
 * a connection to an address that the {@link dev.postrider.outbound.OutboundGuard} has checked, or
 * what it answered. This is where SSRF (server-side request forgery) and DNS rebinding end: a name
 * is looked up once, and what was checked is what is connected to. What can go wrong is a value: an
 * address that may not be reached, a name that leads nowhere, an answer that is too large or late.
 */
@NullMarked
package dev.postrider.outbound;

import org.jspecify.annotations.NullMarked;
