package dev.postrider.mime.text;

/** Questions about characters that mail's grammar asks, without regard to any locale. */
public final class Ascii {
    private Ascii() {}

    public static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** {@code atext} of RFC 5322 section 3.2.3. */
    public static boolean isAtext(int c) {
        return isLetterOrDigit(c) || (c < 128 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0);
    }

    /** {@code token} of RFC 2045 section 5.1. */
    public static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c > 32 && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }

    /** {@code field-name} of RFC 5322 section 3.6.8. */
    public static boolean isFieldName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 32 && c < 127 && c != ':');
    }

    public static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing but space and visible ASCII. */
    public static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 32 || c > 126) {
                return false;
            }
        }
        return true;
    }
}
