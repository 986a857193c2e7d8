package dev.postrider.identity.login.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a token request, form-encoded UTF-8 (RFC 6749, appendix B). One without a value
 * counts as left out, one that comes twice makes the request invalid (3.2).
 */
public record Form(Map<String, String> parameters) {
    private static final int MAX_BYTES = 16 * 1024;

    public Form {
        parameters = Map.copyOf(parameters);
    }

    /** What a body turned out to be. */
    public sealed interface Read {
        record Parsed(Form form) implements Read {}

        /**
         * A body that can't be read.
         *
         * @param reason a sentence for its sender
         */
        record Malformed(String reason) implements Read {}

        record TooLarge(int maxBytes) implements Read {}
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /**
     * Reads a form.
     *
     * @throws IOException when the client breaks off
     */
    public static Read read(InputStream body) throws IOException {
        var bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            return new Read.TooLarge(MAX_BYTES);
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Read parse(String body) {
        var parameters = new HashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return new Read.Malformed(
                        "The body is not a valid UTF-8 form: a percent-encoding or a byte sequence"
                                + " is broken.");
            }
            if (value.get().isEmpty()) {
                continue;
            }
            if (parameters.put(name.get(), value.get()) != null) {
                return new Read.Malformed("A parameter is repeated.");
            }
        }
        return new Read.Parsed(new Form(parameters));
    }

    /** Empty when it isn't UTF-8, or has a NUL, which no parameter needs and no database stores. */
    private static Optional<String> decoded(String encoded) {
        try {
            var bytes =
                    URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1)
                            .getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString())
                    .filter(text -> text.indexOf('\0') < 0);
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Its values are secrets. */
    @Override
    public String toString() {
        return parameters.keySet().toString();
    }
}
