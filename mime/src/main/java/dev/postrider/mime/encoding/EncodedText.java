package dev.postrider.mime.encoding;

import dev.postrider.mime.text.TextLines;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A text body in the transfer encoding that suits it.
 *
 * <ul>
 *   <li>7bit if it is short lines of visible ASCII that no server on the way is known to change;
 *   <li>quoted-printable if most of it stays readable so;
 *   <li>base64 if that is shorter.
 * </ul>
 *
 * @param encoding the chosen encoding
 * @param body the encoded body; empty, or ending with CRLF
 */
public record EncodedText(TransferEncoding encoding, String body) {
    private static final int MAX_LINE = 78;

    public static EncodedText of(String text) {
        String lines = TextLines.of(text);
        if (isSafe(lines)) {
            return new EncodedText(TransferEncoding.SEVEN_BIT, lines);
        }
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        if (isMostlyAscii(octets)) {
            return new EncodedText(
                    TransferEncoding.QUOTED_PRINTABLE, new QuotedPrintable(octets).encode());
        }
        String base64 = Base64.getMimeEncoder().encodeToString(octets) + "\r\n";
        return new EncodedText(TransferEncoding.BASE64, base64);
    }

    private static boolean isSafe(String lines) {
        int start = 0;
        while (start < lines.length()) {
            int end = lines.indexOf("\r\n", start);
            if (end - start > MAX_LINE || !isSafeLine(lines, start, end)) {
                return false;
            }
            start = end + 2;
        }
        return true;
    }

    /**
     * Trailing spaces get lost, "From " gets a {@code >} in mbox files, and {@code --=} could be
     * taken for one of our boundaries, which all begin so.
     */
    private static boolean isSafeLine(String lines, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = lines.charAt(i);
            if ((c < 32 && c != '\t') || c > 126) {
                return false;
            }
        }
        return !lines.startsWith("From ", start)
                && !lines.startsWith("--=", start)
                && (start == end || lines.charAt(end - 1) > 32);
    }

    /** Three octets for each escaped one are less than base64's third on top of all. */
    private static boolean isMostlyAscii(byte[] octets) {
        int escaped = 0;
        for (byte octet : octets) {
            if ((octet < 32 && octet != '\r' && octet != '\n' && octet != '\t')
                    || octet == 127
                    || octet == '=') {
                escaped++;
            }
        }
        return escaped * 6L <= octets.length;
    }
}
