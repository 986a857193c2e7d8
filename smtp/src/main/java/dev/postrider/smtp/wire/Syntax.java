package dev.postrider.smtp.wire;

import java.util.regex.Pattern;

/**
 * What may stand in a command line. CR, LF and NUL never may: they would begin a command of
 * somebody else's making.
 */
public final class Syntax {
    /** A domain or an address literal (RFC 5321 section 4.1.2, 4.1.3), or an IP address. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._:-]{1,255}|\\[[A-Za-z0-9.:-]{1,80}\\]");

    private Syntax() {}

    public static void requireHost(String host) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("not a host name: " + shown(host));
        }
    }

    public static void requireText(String what, String text) {
        if (text.isEmpty() || text.chars().anyMatch(Syntax::isControl)) {
            throw new IllegalArgumentException(what + " is empty or has a control character");
        }
    }

    /**
     * A mailbox that can stand between angle brackets (RFC 5321 section 4.1.2, RFC 6531 section
     * 3.3): no control characters, and spaces and brackets only in a quoted local part. What else
     * is wrong with it, the server says.
     */
    public static void requireMailbox(String address) {
        boolean quoted = false;
        boolean safe = !address.isEmpty() && address.length() <= 320;
        for (int i = 0; i < address.length() && safe; i++) {
            char c = address.charAt(i);
            if (isControl(c) || (Character.isSurrogate(c) && !isPaired(address, i))) {
                safe = false;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
                safe = i < address.length() && !isControl(address.charAt(i));
            } else if (!quoted) {
                safe =
                        !Character.isWhitespace(c)
                                && !Character.isSpaceChar(c)
                                && c != '<'
                                && c != '>';
            }
        }
        if (!safe || quoted) {
            throw new IllegalArgumentException("not a mailbox: " + shown(address));
        }
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    static boolean isControl(int c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** For an exception's message: short, and one line. */
    private static String shown(String text) {
        String cut = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
