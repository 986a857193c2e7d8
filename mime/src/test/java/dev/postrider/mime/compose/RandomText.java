package dev.postrider.mime.compose;

import java.util.Random;

/**
 * Text that is likely to break things: mixtures of plain words, any code points, and sequences that
 * mean something to mail.
 */
final class RandomText {
    private static final String[] NASTY = {
        ".",
        "..",
        "From ",
        "--=_",
        "=?UTF-8?Q?x?=",
        "=",
        "=3D",
        "?=",
        "--",
        "\"",
        "\\",
        "<",
        ">",
        ",",
        ";",
        "'",
        "%",
        "  ",
        "   ",
        "👨‍👩‍👧",
        "e\u0301\u0327",
        "🇩🇪",
        "\u200f",
        "ß",
        "x".repeat(80),
    };
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r", "\n.\n", " \n", "\t\n", "\n\n"};

    private final Random random;

    RandomText(Random random) {
        this.random = random;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    byte[] octets(int maxLength) {
        byte[] octets = new byte[random.nextInt(maxLength)];
        random.nextBytes(octets);
        return octets;
    }

    /** A text without control characters. */
    String line(int maxLength) {
        return build(maxLength, 0);
    }

    /** A text with line ends. */
    String text(int maxLength) {
        return build(maxLength, 10);
    }

    private String build(int maxLength, int percentLineEnds) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength);
        int plainness = random.nextInt(4);
        while (text.length() < length) {
            if (random.nextInt(100) < percentLineEnds) {
                text.append(LINE_ENDS[random.nextInt(LINE_ENDS.length)]);
            } else if (random.nextInt(4) < plainness) {
                text.append("word ", 0, 1 + random.nextInt(5));
            } else if (random.nextBoolean()) {
                text.append(NASTY[random.nextInt(NASTY.length)]);
            } else {
                text.appendCodePoint(visible());
            }
        }
        return text.toString();
    }

    private int visible() {
        int limit = new int[] {0x7f, 0x250, 0x3000, 0x10000, 0x110000}[random.nextInt(5)];
        int codePoint = random.nextInt(limit);
        boolean isText =
                !Character.isISOControl(codePoint)
                        && Character.getType(codePoint) != Character.SURROGATE;
        return isText ? codePoint : ' ';
    }
}
