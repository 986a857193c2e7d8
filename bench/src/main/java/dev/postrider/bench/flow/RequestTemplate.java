package dev.postrider.bench.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** A request whose number is filled in as it is sent. */
final class RequestTemplate {
    private final byte[] octets;
    private final int digits;
    private final ByteBuffer out;

    RequestTemplate(byte[] octets) {
        this.octets = octets;
        this.digits = new String(octets, US_ASCII).indexOf("n" + Route.NUMBER + "@") + 1;
        this.out = ByteBuffer.allocateDirect(octets.length);
    }

    /** It is good until the next one is wanted. */
    ByteBuffer numbered(int number) {
        out.clear();
        out.put(octets);
        var rest = number;
        for (var at = digits + Route.NUMBER.length() - 1; at >= digits; at--) {
            out.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return out.flip();
    }
}
