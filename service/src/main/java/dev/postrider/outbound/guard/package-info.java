/**
 * Which addresses may be connected to, for whatever calls out on a user's word. In comes a host's
 * name, out go its checked addresses, or a sentence for its user: it leads nowhere, or only to
 * addresses that are private, special or this machine's and that the operator hasn't allowed.
 * Addresses that wrap others (NAT64, 6to4, IPv4 in IPv6) are judged by what they wrap.
 */
@NullMarked
package dev.postrider.outbound.guard;

import org.jspecify.annotations.NullMarked;
