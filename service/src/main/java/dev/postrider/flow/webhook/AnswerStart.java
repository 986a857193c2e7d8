package dev.postrider.flow.webhook;

import dev.postrider.outbound.BodySink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Reads how an answer's body begins, for people who look for what went wrong: text of {@value
 * #OCTETS} octets at most, whatever was sent. A body that stalls or breaks off is as long as what
 * had come of it: the answer's status counts all the same.
 */
final class AnswerStart implements BodySink<String> {
    static final int OCTETS = 4096;

    @Override
    public String take(InputStream body, OptionalLong length) {
        var start = new byte[OCTETS + 1];
        var count = 0;
        try {
            for (var read = 0; read >= 0 && count < start.length; count += Math.max(read, 0)) {
                read = body.read(start, count, start.length - count);
            }
        } catch (IOException _) {
            // what has come is worth keeping
        }
        return text(Arrays.copyOf(start, count));
    }

    /** Neither octets that no text has nor characters that move a cursor; a cut is marked. */
    static String text(byte[] octets) {
        var isCut = octets.length > OCTETS;
        var text =
                new String(octets, 0, Math.min(octets.length, OCTETS), StandardCharsets.UTF_8)
                        .codePoints()
                        .filter(each -> each != '\r')
                        .map(each -> isPlain(each) ? each : 0xfffd)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return isCut ? text.replaceFirst("\ufffd+$", "") + "…" : text;
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t';
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
