package dev.postrider.mime.text;

/** Text in the canonical form of MIME (RFC 2049 section 4): lines that each end with CRLF. */
public final class TextLines {
    private TextLines() {}

    /** The text with CR, LF and CRLF all as CRLF, and one after the last line too. */
    public static String of(String text) {
        String wellFormed = WellFormedUtf16.of(text);
        int length = wellFormed.length();
        StringBuilder lines = new StringBuilder(length + length / 32 + 2);
        int start = 0;
        for (int i = 0; i < length; i++) {
            char c = wellFormed.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.append(wellFormed, start, i).append("\r\n");
                boolean pair = c == '\r' && i + 1 < length && wellFormed.charAt(i + 1) == '\n';
                i += pair ? 1 : 0;
                start = i + 1;
            }
        }
        lines.append(wellFormed, start, length);
        if (length > 0 && lines.charAt(lines.length() - 1) != '\n') {
            lines.append("\r\n");
        }
        return lines.toString();
    }
}
