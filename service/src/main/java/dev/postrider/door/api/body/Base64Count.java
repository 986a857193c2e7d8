package dev.postrider.door.api.body;

/**
 * Tells while a text passes whether it is base64 (RFC 4648, 4), padded, with nothing between its
 * characters but line breaks, which MIME encoders write. Not thread-safe.
 */
final class Base64Count {
    private static final byte CHARACTER = 1;
    private static final byte PADDING = 2;
    private static final byte LINE_BREAK = 3;
    private static final byte[] KINDS = kinds();

    private long characters;
    private int padding;
    private boolean isOther;

    void add(byte[] text, int count) {
        var i = 0;
        if (padding == 0) {
            while (i < count && KINDS[text[i] & 0xff] == CHARACTER) {
                i++;
            }
            characters += i;
        }
        for (; i < count && !isOther; i++) {
            add(KINDS[text[i] & 0xff]);
        }
    }

    private void add(byte kind) {
        if (kind == CHARACTER && padding == 0) {
            characters++;
        } else if (kind == PADDING && padding < 2) {
            padding++;
        } else {
            isOther = kind != LINE_BREAK;
        }
    }

    /** How many octets it says, or -1 when it isn't base64. */
    long octets() {
        var all = characters + padding;
        return isOther || all % 4 != 0 ? -1 : all / 4 * 3 - padding;
    }

    /** Of all octets: what comes is like noise, and the branches of a test would be, too. */
    private static byte[] kinds() {
        var kinds = new byte[256];
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        alphabet.chars().forEach(c -> kinds[c] = CHARACTER);
        kinds['='] = PADDING;
        kinds['\r'] = LINE_BREAK;
        kinds['\n'] = LINE_BREAK;
        return kinds;
    }
}
