package dev.postrider.mime.raw;

import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.Flaws;
import dev.postrider.mime.compose.MessageId;
import dev.postrider.mime.header.DateField;
import dev.postrider.mime.header.ForbiddenHeaders;
import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.Utf8;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message composed elsewhere.
 *
 * @param fields its fields in their order
 * @param isUtf8 whether it has octets over 127 (RFC 6532)
 */
record RawHeader(List<Field> fields, boolean isUtf8) {
    /** RFC 5322 section 3.6, and RFC 2045 section 3 for the structure. */
    private static final Set<String> AT_MOST_ONCE =
            Set.of(
                    """
                    from sender reply-to to cc date message-id in-reply-to references \
                    subject mime-version content-type content-transfer-encoding\
                    """
                            .split(" ", -1));

    RawHeader {
        fields = List.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param name its name as written
     * @param value its unfolded value
     * @param start the index of its first octet
     * @param end the index after its last line end
     */
    record Field(String name, String value, int start, int end) {
        boolean is(String lowerName) {
            return name.toLowerCase(Locale.ROOT).equals(lowerName);
        }
    }

    static RawHeader of(byte[] octets, Flaws flaws) {
        List<Field> fields = new ArrayList<>();
        int start = 0;
        int line = 1;
        while (start < octets.length) {
            int end = lineEnd(octets, start);
            int lines = 1;
            while (end < octets.length && (octets[end] == ' ' || octets[end] == '\t')) {
                end = lineEnd(octets, end);
                lines++;
            }
            Field field = field(octets, start, end);
            if (field == null) {
                flaws.add(
                        "raw",
                        Flaw.Kind.MALFORMED,
                        "Line %d isn't a header field in ASCII or UTF-8.".formatted(line));
            } else if (hasBlankLine(octets, start, end)) {
                flaws.add(
                        field.name(),
                        Flaw.Kind.AMBIGUOUS,
                        "A line of this field is blank, as if the header ended there; remove it.");
            } else {
                fields.add(field);
            }
            start = end;
            line += lines;
        }
        addFlaws(fields, flaws);
        return new RawHeader(fields, !Ascii.isAscii(octets));
    }

    /** The value of the first field of a name in lower case, or null if there is none. */
    @Nullable String value(String lowerName) {
        return fields.stream()
                .filter(field -> field.is(lowerName))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }

    List<Field> all(String lowerName) {
        return fields.stream().filter(field -> field.is(lowerName)).toList();
    }

    private static void addFlaws(List<Field> fields, Flaws flaws) {
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            flaws.addIf(
                    !seen.add(name) && AT_MOST_ONCE.contains(name),
                    field.name(),
                    Flaw.Kind.CONFLICT,
                    "The header has this field twice.");
            String reason = ForbiddenHeaders.reasonAgainstInRaw(name);
            flaws.addIf(
                    reason != null,
                    field.name(),
                    Flaw.Kind.FORBIDDEN,
                    "This field " + reason + "; leave it out.");
            flaws.addIf(
                    field.value().chars().anyMatch(RawHeader::endsLines),
                    field.name(),
                    Flaw.Kind.CONTROL_CHARACTER,
                    "There is a control character in this field; remove it.");
            flaws.addIf(
                    name.equals("message-id") && !MessageId.isSound(field.value().strip()),
                    field.name(),
                    Flaw.Kind.MALFORMED,
                    "A Message-ID is written <unique@domain>, in ASCII without spaces.");
            flaws.addIf(
                    name.equals("date") && !DateField.isSound(field.value()),
                    field.name(),
                    Flaw.Kind.MALFORMED,
                    "A Date is written like Thu, 26 Nov 2026 20:00:00 +0000, on the day's own"
                            + " weekday; without this field the message gets one.");
        }
    }

    private static @Nullable Field field(byte[] octets, int start, int end) {
        String text = Utf8.decode(octets, start, end);
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        return colon > 0 && Ascii.isFieldName(text.substring(0, colon))
                ? new Field(
                        text.substring(0, colon),
                        text.substring(colon + 1).replace("\r\n", ""),
                        start,
                        end)
                : null;
    }

    /** Whether a reader may take what follows for the next field; a tab is a blank. */
    private static boolean endsLines(int c) {
        return c == '\u2028' || c == '\u2029' || (c != '\t' && Character.isISOControl(c));
    }

    private static boolean hasBlankLine(byte[] octets, int start, int end) {
        boolean blank = false;
        for (int i = start; i < end; i++) {
            if (octets[i] == '\n') {
                if (blank) {
                    return true;
                }
                blank = true;
            } else if (octets[i] > ' ' || octets[i] < 0) {
                blank = false;
            }
        }
        return false;
    }

    private static int lineEnd(byte[] octets, int start) {
        int end = start;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, octets.length);
    }
}
