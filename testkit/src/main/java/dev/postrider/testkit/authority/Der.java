package dev.postrider.testkit.authority;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much DER (X.690) as a certificate needs. */
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] text(String value) {
        return tagged(0x0c, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant value) {
        return tagged(0x18, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] octets(byte[] value) {
        return tagged(0x04, value);
    }

    static byte[] bits(byte[] value) {
        return tagged(0x03, new byte[] {0}, value);
    }

    static byte[] oid(int... arcs) {
        var encoded = new ByteArrayOutputStream();
        encoded.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >> shift > 0) {
                    encoded.write(0x80 | (arcs[i] >> shift & 0x7f));
                }
            }
            encoded.write(arcs[i] & 0x7f);
        }
        return tagged(0x06, encoded.toByteArray());
    }

    static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        int length = content.size();
        if (length < 0x80) {
            encoded.write(length);
        } else {
            byte[] octets = BigInteger.valueOf(length).toByteArray();
            int from = octets[0] == 0 ? 1 : 0;
            encoded.write(0x80 | (octets.length - from));
            encoded.write(octets, from, octets.length - from);
        }
        encoded.writeBytes(content.toByteArray());
        return encoded.toByteArray();
    }
}
