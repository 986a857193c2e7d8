package dev.postrider.outbound.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3): {@code 10.0.0.0/8},
 * {@code fd00::/8}.
 *
 * @param first its first address
 * @param prefixLength how many leading bits its addresses share
 */
public record AddressBlock(InetAddress first, int prefixLength) {

    /** Reads a block, or a single address; empty when it is neither. */
    static Optional<AddressBlock> parse(String text) {
        var slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        var length = slash < 0 ? "" : text.substring(slash + 1);
        if (!isLiteral(literal) || (slash >= 0 && !length.matches("[0-9]{1,3}"))) {
            return Optional.empty();
        }
        InetAddress first;
        try {
            first = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        var bits = first.getAddress().length * 8;
        var prefixLength = slash < 0 ? bits : Integer.parseInt(length);
        if (prefixLength > bits || (literal.contains(":") && bits == 32)) {
            return Optional.empty();
        }
        var block = new AddressBlock(first, prefixLength);
        return block.hasHostBits() ? Optional.empty() : Optional.of(block);
    }

    /** A block that the program itself names. */
    static AddressBlock of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    boolean contains(InetAddress address) {
        var octets = address.getAddress();
        return octets.length == first.getAddress().length
                && Arrays.equals(masked(octets), first.getAddress());
    }

    /** An address with bits behind the prefix is more likely a slip than a block. */
    private boolean hasHostBits() {
        return !Arrays.equals(masked(first.getAddress()), first.getAddress());
    }

    private byte[] masked(byte[] octets) {
        var masked = octets.clone();
        for (var i = 0; i < masked.length; i++) {
            var kept = Math.clamp(prefixLength - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }

    /** Four numbers, or hexadecimal groups: not the short and octal forms that C also reads. */
    private static boolean isLiteral(String text) {
        return text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}")
                || text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefixLength;
    }
}
