package dev.postrider.door.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a form has in it. A field that is left empty counts as left out; one may come several times,
 * as boxes of a list that are ticked do.
 */
public record ConsoleForm(Map<String, List<String>> fields) {
    /** A thousand ids, or a certificate, and the rest. */
    private static final int MAX_BYTES = 256 * 1024;

    public ConsoleForm {
        fields = Map.copyOf(fields);
    }

    /**
     * A field's text, without blanks around it; for all but passwords.
     *
     * @return empty when it was left so
     */
    public Optional<String> text(String name) {
        return verbatim(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The same as it was typed. */
    public Optional<String> verbatim(String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst();
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Whether a box is ticked. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /**
     * Reads one.
     *
     * @return empty when it is too large or no form
     * @throws IOException when the client breaks off
     */
    public static Optional<ConsoleForm> read(InputStream body) throws IOException {
        var bytes = body.readNBytes(MAX_BYTES + 1);
        return bytes.length > MAX_BYTES
                ? Optional.empty()
                : parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static Optional<ConsoleForm> parse(String body) {
        var fields = new HashMap<String, List<String>>();
        for (var pair : body.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            if (!value.get().isEmpty()) {
                fields.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
            }
        }
        return Optional.of(new ConsoleForm(fields));
    }

    /** Empty when it isn't UTF-8, or has a NUL, which no database stores. Line ends as in texts. */
    private static Optional<String> decoded(String encoded) {
        try {
            var bytes =
                    URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1)
                            .getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString()
                                    .replace("\r\n", "\n"))
                    .filter(text -> text.indexOf('\0') < 0);
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Its values may be secrets. */
    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}
