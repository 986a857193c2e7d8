package dev.postrider.flow.accept;

/**
 * Tells while a text passes whether it is base64 (RFC 4648, 4), padded, with nothing between its
 * characters but line breaks, which MIME encoders write. Not thread-safe.
 */
final class Base64Count {
    private long characters;
    private int padding;
    private boolean isOther;

    void add(byte[] text, int count) {
        for (var i = 0; i < count && !isOther; i++) {
            var c = text[i];
            if (padding == 0 && isCharacter(c)) {
                characters++;
            } else if (c == '=' && padding < 2) {
                padding++;
            } else {
                isOther = c != '\r' && c != '\n';
            }
        }
    }

    /** How many octets it says, or -1 when it isn't base64. */
    long octets() {
        var all = characters + padding;
        return isOther || all % 4 != 0 ? -1 : all / 4 * 3 - padding;
    }

    private static boolean isCharacter(byte c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }
}
