package dev.postrider.outbound.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that no mail server of the public internet has, after IANA's special-purpose registries
 * (RFC 6890).
 *
 * @param what such an address is called, with its article
 */
record SpecialBlock(AddressBlock block, String what) {
    /** The first that contains an address names it. */
    private static final List<SpecialBlock> ALL =
            List.of(
                    of("0.0.0.0/8", "an unspecified address"),
                    of("10.0.0.0/8", "a private address"),
                    of("100.64.0.0/10", "a carrier's inner address"),
                    of("127.0.0.0/8", "a loopback address"),
                    of("168.63.129.16", "a cloud's metadata address"),
                    of("169.254.169.254", "a cloud's metadata address"),
                    of("169.254.0.0/16", "a link-local address"),
                    of("172.16.0.0/12", "a private address"),
                    of("192.0.0.0/24", "a protocol's own address"),
                    of("192.0.2.0/24", "an address for documentation"),
                    of("192.88.99.0/24", "a relay's address"),
                    of("192.168.0.0/16", "a private address"),
                    of("198.18.0.0/15", "an address for benchmarks"),
                    of("198.51.100.0/24", "an address for documentation"),
                    of("203.0.113.0/24", "an address for documentation"),
                    of("224.0.0.0/4", "a multicast address"),
                    of("255.255.255.255", "the broadcast address"),
                    of("240.0.0.0/4", "a reserved address"),
                    of("::", "an unspecified address"),
                    of("::1", "a loopback address"),
                    of("::/96", "an IPv4-compatible address"),
                    of("fd00:ec2::254", "a cloud's metadata address"),
                    of("fc00::/7", "a private address"),
                    of("fe80::/10", "a link-local address"),
                    of("fec0::/10", "a private address"),
                    of("ff00::/8", "a multicast address"),
                    of("2001:db8::/32", "an address for documentation"),
                    of("3fff::/20", "an address for documentation"),
                    of("2001::/32", "a Teredo tunnel's address"),
                    of("2001:2::/48", "an address for benchmarks"),
                    of("2001::/23", "a protocol's own address"),
                    // Beside 2000::/3 nothing is given out (RFC 4291 section 2.4).
                    of("::/3", "a reserved address"),
                    of("4000::/2", "a reserved address"),
                    of("8000::/1", "a reserved address"));

    /** What an address is, unless it is a public one. */
    static Optional<String> named(InetAddress address) {
        var inner = WrappedAddress.inner(address);
        return ALL.stream()
                .filter(special -> special.block.contains(inner))
                .map(SpecialBlock::what)
                .findFirst();
    }

    private static SpecialBlock of(String block, String what) {
        return new SpecialBlock(AddressBlock.of(block), what);
    }
}
