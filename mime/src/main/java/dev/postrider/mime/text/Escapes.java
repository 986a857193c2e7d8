package dev.postrider.mime.text;

import java.io.ByteArrayOutputStream;

/** Octets as two upper-case hexadecimal digits behind a mark: {@code =C3} or {@code %C3}. */
public final class Escapes {
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private Escapes() {}

    public static void append(StringBuilder out, char mark, byte octet) {
        out.append(mark).append(DIGITS[(octet >> 4) & 0xf]).append(DIGITS[octet & 0xf]);
    }

    /** What is no escape stays. */
    public static byte[] decode(byte[] in, char mark) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int first = in[i] == mark && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int second = first < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (second >= 0) {
                octets.write((first << 4) | second);
                i += 2;
            } else {
                octets.write(in[i]);
            }
        }
        return octets.toByteArray();
    }
}
