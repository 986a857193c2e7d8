package dev.postrider.mime.header;

import dev.postrider.mime.encoding.Base64Decoder;
import dev.postrider.mime.text.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One encoded word (RFC 2047 section 2) in a header's value. */
public final class EncodedWord {
    private final Charset charset;
    private final byte[] octets;
    private final int end;

    private EncodedWord(Charset charset, byte[] octets, int end) {
        this.charset = charset;
        this.octets = octets;
        this.end = end;
    }

    Charset charset() {
        return charset;
    }

    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(octets);
    }

    public int end() {
        return end;
    }

    /** The word that begins at an index; null if none does that can be decoded. */
    public static @Nullable EncodedWord at(CharSequence value, int start) {
        if (!begins(value, start)) {
            return null;
        }
        int charsetEnd = questionMark(value, start + 2);
        int textStart = charsetEnd + 3;
        if (charsetEnd < 0 || textStart > value.length() || value.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int textEnd = questionMark(value, textStart);
        if (textEnd < 0 || textEnd + 1 >= value.length() || value.charAt(textEnd + 1) != '=') {
            return null;
        }
        Charset charset = charset(value.subSequence(start + 2, charsetEnd).toString());
        CharSequence text = value.subSequence(textStart, textEnd);
        byte[] octets =
                switch (value.charAt(charsetEnd + 1)) {
                    case 'B', 'b' -> base64(text);
                    case 'Q', 'q' -> q(text);
                    default -> null;
                };
        return charset == null || octets == null
                ? null
                : new EncodedWord(charset, octets, textEnd + 2);
    }

    /** Whether {@code =?} stands at an index. */
    static boolean begins(CharSequence value, int at) {
        return at + 1 < value.length() && value.charAt(at) == '=' && value.charAt(at + 1) == '?';
    }

    /** The next question mark in one stretch of visible characters, or -1. */
    private static int questionMark(CharSequence value, int from) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '?') {
                return i;
            }
            if (c <= ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** Without the language that RFC 2231 section 5 lets stand behind it. */
    private static @Nullable Charset charset(String written) {
        int star = written.indexOf('*');
        return Charsets.of(star < 0 ? written : written.substring(0, star));
    }

    /** What isn't ASCII is passed over, as all that is no base64. */
    private static byte[] base64(CharSequence text) {
        byte[] in = text.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[in.length + 2];
        byte[] rest = new byte[2];
        Base64Decoder decoder = new Base64Decoder();
        int count = decoder.decode(in, 0, in.length, out);
        int more = decoder.end(rest);
        System.arraycopy(rest, 0, out, count, more);
        return Arrays.copyOf(out, count + more);
    }

    /** Null if a character isn't ASCII. */
    private static byte @Nullable [] q(CharSequence text) {
        boolean isAscii = text.chars().allMatch(c -> c <= 126);
        return isAscii
                ? Escapes.decode(
                        text.toString().replace('_', ' ').getBytes(StandardCharsets.US_ASCII), '=')
                : null;
    }
}
