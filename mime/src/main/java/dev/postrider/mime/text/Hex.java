package dev.postrider.mime.text;

/** Octets as two upper-case hexadecimal digits. */
public final class Hex {
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private Hex() {}

    /** Appends {@code =C3} or {@code %C3}. */
    public static void append(StringBuilder out, char mark, byte octet) {
        out.append(mark).append(DIGITS[(octet >> 4) & 0xf]).append(DIGITS[octet & 0xf]);
    }
}
