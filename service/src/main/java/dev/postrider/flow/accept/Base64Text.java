package dev.postrider.flow.accept;

import dev.postrider.mime.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Octets that stand as base64 (RFC 4648, 4) in a JSON string, decoded while they are read: neither
 * the text nor what it says is held a second time. Line breaks between the characters are passed
 * over, as MIME encoders write them.
 */
final class Base64Text implements Source {
    private final byte[] json;
    private final int start;
    private final int end;
    private final long size;

    private Base64Text(byte[] json, int start, int end, long size) {
        this.json = json;
        this.start = start;
        this.end = end;
        this.size = size;
    }

    /**
     * Looks at a JSON string.
     *
     * @param json which must not change afterwards
     * @param quote where the string begins, with its quotation mark
     * @return empty when it isn't base64, padded and without other characters
     */
    static Optional<Base64Text> at(byte[] json, int quote) {
        var characters = 0L;
        var padding = 0;
        for (var i = quote + 1; i < json.length; i++) {
            var c = json[i];
            if (c == '"') {
                return (characters + padding) % 4 == 0
                        ? Optional.of(
                                new Base64Text(
                                        json,
                                        quote + 1,
                                        i,
                                        (characters + padding) / 4 * 3 - padding))
                        : Optional.empty();
            }
            if (c == '\\' && i + 1 < json.length && isPassedOver(json[i + 1])) {
                i++;
                continue;
            }
            if (c == '=' && padding < 2) {
                padding++;
                continue;
            }
            if (c == '\\' && i + 1 < json.length && json[i + 1] == '/') {
                i++;
                c = '/';
            }
            if (padding > 0 || !isCharacter(c)) {
                return Optional.empty();
            }
            characters++;
        }
        return Optional.empty();
    }

    /** {@code \n} and {@code \r}, as JSON writes line breaks. */
    private static boolean isPassedOver(byte escaped) {
        return escaped == 'n' || escaped == 'r';
    }

    private static boolean isCharacter(byte c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new Decoded();
    }

    /** Decodes a piece of whole quadruples at a time. */
    private final class Decoded extends InputStream {
        private static final int PIECE = 4 * 3 * 1_024;

        private final byte[] characters = new byte[PIECE];
        private byte[] octets = {};
        private int given;
        private int at = start;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (given == octets.length && !decodeNext()) {
                return -1;
            }
            var count = Math.min(length, octets.length - given);
            System.arraycopy(octets, given, into, offset, count);
            given += count;
            return count;
        }

        private boolean decodeNext() {
            var filled = 0;
            while (filled < PIECE && at < end) {
                if (json[at] != '\\') {
                    characters[filled++] = json[at++];
                    continue;
                }
                if (json[at + 1] == '/') {
                    characters[filled++] = '/';
                }
                at += 2;
            }
            octets =
                    Base64.getDecoder()
                            .decode(
                                    filled == PIECE
                                            ? characters
                                            : Arrays.copyOf(characters, filled));
            given = 0;
            return octets.length > 0;
        }
    }
}
