package dev.postrider.mime.encoding;

import java.util.Arrays;

/**
 * Base64 (RFC 2045 section 6.8). Characters outside the alphabet are passed over; padding ends a
 * group, and what stands behind it is decoded too, as most readers do.
 */
public final class Base64Decoder implements TransferDecoder {
    private static final byte[] SIXTHS = new byte[256];

    static {
        Arrays.fill(SIXTHS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            SIXTHS[alphabet.charAt(i)] = (byte) i;
        }
    }

    private int bits;
    private int sixths;

    @Override
    public int decode(byte[] in, int from, int to, byte[] out) {
        int count = 0;
        for (int i = from; i < to; i++) {
            int sixth = SIXTHS[in[i] & 0xff];
            if (sixth >= 0) {
                bits = (bits << 6) | sixth;
                if (++sixths == 4) {
                    out[count++] = (byte) (bits >> 16);
                    out[count++] = (byte) (bits >> 8);
                    out[count++] = (byte) bits;
                    bits = 0;
                    sixths = 0;
                }
            } else if (in[i] == '=') {
                count = endGroup(out, count);
            }
        }
        return count;
    }

    @Override
    public int end(byte[] out) {
        return endGroup(out, 0);
    }

    private int endGroup(byte[] out, int at) {
        int count = at;
        if (sixths >= 2) {
            int whole = bits << (6 * (4 - sixths));
            out[count++] = (byte) (whole >> 16);
            if (sixths == 3) {
                out[count++] = (byte) (whole >> 8);
            }
        }
        bits = 0;
        sixths = 0;
        return count;
    }
}
