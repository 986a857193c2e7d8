package dev.postrider.mime.read;

import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects one header, line by line, as far as its limits go; lines that are no field are left out.
 */
final class HeaderReader {
    private final MessageLimits limits;
    private final Set<MessageLimits.Exceeded> exceeded;
    private final List<HeaderField> fields = new ArrayList<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private int octets;

    HeaderReader(MessageLimits limits, Set<MessageLimits.Exceeded> exceeded) {
        this.limits = limits;
        this.exceeded = exceeded;
    }

    /**
     * Takes a line without its end, or a piece of one.
     *
     * @param begins whether the line begins with it
     */
    void line(byte[] in, int from, int to, boolean begins) {
        boolean folded = from < to && (in[from] == ' ' || in[from] == '\t');
        if (begins && !folded) {
            endField();
        }
        int count = Math.min(to - from, limits.headerOctets() - octets);
        if (count < to - from) {
            exceeded.add(MessageLimits.Exceeded.HEADER_OCTETS);
        }
        field.write(in, from, count);
        octets += count;
    }

    /** The fields, unfolded, in the words of the message. */
    List<HeaderField> end() {
        endField();
        return fields;
    }

    private void endField() {
        if (field.size() > 0 && fields.size() == limits.headerFields()) {
            exceeded.add(MessageLimits.Exceeded.HEADER_FIELDS);
            field.reset();
        }
        String text = text(field.toByteArray());
        field.reset();
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).stripTrailing();
        if (Ascii.isFieldName(name)) {
            fields.add(new HeaderField(name, text.substring(colon + 1).strip()));
        }
    }

    /** UTF-8 as RFC 6532 has it, or else the octets themselves. */
    private static String text(byte[] octets) {
        String utf8 = Ascii.isAscii(octets) ? null : Utf8.decode(octets, 0, octets.length);
        return utf8 == null ? new String(octets, StandardCharsets.ISO_8859_1) : utf8;
    }
}
