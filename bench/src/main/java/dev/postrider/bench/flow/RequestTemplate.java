package dev.postrider.bench.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** A request whose number is filled in as it is sent. */
final class RequestTemplate {
    private final byte[] octets;
    private final int digits;

    RequestTemplate(byte[] octets) {
        this.octets = octets;
        this.digits = new String(octets, US_ASCII).indexOf("n" + Route.NUMBER + "@") + 1;
    }

    void put(int number, ByteBuffer out) {
        out.clear();
        out.put(octets);
        var rest = number;
        for (var at = digits + Route.NUMBER.length() - 1; at >= digits; at--) {
            out.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        out.flip();
    }
}
