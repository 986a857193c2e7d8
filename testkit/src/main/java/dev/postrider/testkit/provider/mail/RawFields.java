package dev.postrider.testkit.provider.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A message's header fields, and its body as it came. Immutable. */
public final class RawFields {

    /** A field with its folds and its line's end. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record RawField(String name, byte[] octets) {
        private String value() {
            String text = new String(octets, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1).replaceAll("\r?\n", "").strip();
        }
    }

    private final List<RawField> fields;
    private final byte[] body;

    private RawFields(List<RawField> fields, byte[] body) {
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    /** Lines end with CRLF or LF; what is no field ends the header. */
    public static RawFields parse(byte[] message) {
        var fields = new ArrayList<RawField>();
        int position = 0;
        while (position < message.length) {
            int end = endOfLine(message, position);
            if (isEmpty(message, position, end)) {
                return new RawFields(fields, Arrays.copyOfRange(message, end, message.length));
            }
            while (end < message.length && (message[end] == ' ' || message[end] == '\t')) {
                end = endOfLine(message, end);
            }
            byte[] octets = Arrays.copyOfRange(message, position, end);
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            if (colon <= 0) {
                break;
            }
            fields.add(
                    new RawField(
                            text.substring(0, colon).strip().toLowerCase(Locale.ROOT), octets));
            position = end;
        }
        return new RawFields(fields, Arrays.copyOfRange(message, position, message.length));
    }

    private static int endOfLine(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '\n') {
                return i + 1;
            }
        }
        return octets.length;
    }

    private static boolean isEmpty(byte[] octets, int from, int to) {
        return (to - from == 1 && octets[from] == '\n')
                || (to - from == 2 && octets[from] == '\r' && octets[from + 1] == '\n');
    }

    /** Unfolded; the first of that name. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(RawField::value)
                .toList();
    }

    /** Those whose names begin with {@code X-}, by their names in lower case. */
    public Map<String, String> ownFields() {
        var own = new LinkedHashMap<String, String>();
        fields.stream()
                .filter(field -> field.name().startsWith("x-"))
                .forEach(field -> own.put(field.name(), field.value()));
        return own;
    }

    /** Name and value of each, in their order. */
    public List<Map.Entry<String, String>> list() {
        return fields.stream()
                .map(field ->
                        Map.entry(
                                new String(field.octets(), StandardCharsets.UTF_8).split(":", 2)[0],
                                field.value()))
                .toList();
    }

    public RawFields without(String name) {
        return new RawFields(
                fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList(),
                body);
    }

    /** In the place of the first of that name, or as the last. */
    public RawFields with(String name, String value) {
        var changed = new ArrayList<RawField>();
        var field =
                new RawField(
                        name.toLowerCase(Locale.ROOT),
                        (name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8));
        boolean placed = false;
        for (RawField each : fields) {
            if (!each.name().equalsIgnoreCase(name)) {
                changed.add(each);
            } else if (!placed) {
                changed.add(field);
                placed = true;
            }
        }
        if (!placed) {
            changed.add(field);
        }
        return new RawFields(changed, body);
    }

    public byte[] octets() {
        var all = new ByteArrayOutputStream();
        fields.forEach(field -> all.writeBytes(field.octets()));
        all.writeBytes(new byte[] {'\r', '\n'});
        all.writeBytes(body);
        return all.toByteArray();
    }

    public byte[] body() {
        return body.clone();
    }
}
