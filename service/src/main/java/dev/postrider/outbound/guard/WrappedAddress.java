package dev.postrider.outbound.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** IPv6 addresses that lead to an IPv4 one, which then decides whether they may be reached. */
final class WrappedAddress {
    /** {@code ::ffff:0:0/96}, RFC 4291 section 2.5.5.2. The JDK unwraps most of them, not all. */
    private static final byte[] MAPPED = HexFormat.of().parseHex("00000000000000000000ffff");

    /** {@code 64:ff9b::/96}, RFC 6052 section 2.1: where DNS64 puts every IPv4 host. */
    private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");

    /** {@code 2002::/16}, RFC 3056 section 2. */
    private static final byte[] SIX_TO_FOUR = HexFormat.of().parseHex("2002");

    private WrappedAddress() {}

    /** The IPv4 address inside, or the address itself. */
    static InetAddress inner(InetAddress address) {
        var octets = address.getAddress();
        if (octets.length != 16) {
            return address;
        }
        for (var prefix : new byte[][] {MAPPED, NAT64, SIX_TO_FOUR}) {
            if (Arrays.equals(octets, 0, prefix.length, prefix, 0, prefix.length)) {
                return ipv4(Arrays.copyOfRange(octets, prefix.length, prefix.length + 4));
            }
        }
        return address;
    }

    private static InetAddress ipv4(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
