package dev.postrider.flow.accept;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.mime.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that describes emails. The content of attachments, in whichever of the forms that
 * SDKs send, becomes a {@link Source} in the tree; base64 stays where it is in the body.
 */
final class EmailBody {
    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] body;
    private final JsonParser parser;

    private EmailBody(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** What a body turned out to be. */
    sealed interface Read {
        record Json(JsonNode tree) implements Read {}

        record Rejected(Problem problem) implements Read {}
    }

    /**
     * Reads one JSON text in UTF-8 with nothing behind it.
     *
     * @param body which must not change while its attachments are read
     */
    static Read read(byte[] body) throws IOException {
        if (body.length == 0) {
            return rejected("The body is empty: send JSON.");
        }
        if (startsWithMark(body)) {
            return read(Arrays.copyOfRange(body, UTF8_MARK.length, body.length));
        }
        if (!isUtf8(body)) {
            return rejected("The body is not UTF-8, which JSON is written in.");
        }
        try (var parser = JSON.createParser(body)) {
            parser.nextToken();
            var tree = new EmailBody(body, parser).value();
            return parser.nextToken() == null
                    ? new Read.Json(tree)
                    : rejected("The body goes on behind its JSON.");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return rejected(
                    "The body is not JSON"
                            + (at == null
                                    ? ""
                                    : " (line "
                                            + at.getLineNr()
                                            + ", column "
                                            + at.getColumnNr()
                                            + ")")
                            + ", or has a name twice, or nests deeper than "
                            + MAX_DEPTH
                            + ".");
        }
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= UTF8_MARK.length
                && Arrays.equals(body, 0, UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length);
    }

    /** The parser would read UTF-16 and UTF-32 too, and count its places otherwise. */
    private static boolean isUtf8(byte[] body) {
        for (var i = 0; i < Math.min(body.length, 4); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xfe || body[i] == (byte) 0xff) {
                return false;
            }
        }
        return true;
    }

    private static Read rejected(String detail) {
        return new Read.Rejected(Problem.of(ProblemCode.MALFORMED_BODY, detail));
    }

    private JsonNode value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> email();
            case START_ARRAY -> {
                var emails = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    emails.add(parser.currentToken() == JsonToken.START_OBJECT ? email() : tree());
                }
                yield emails;
            }
            case null -> throw MismatchedInputException.from(parser, ObjectNode.class, "no value");
            default -> tree();
        };
    }

    private ObjectNode email() throws IOException {
        return object((name, token) ->
                switch (name) {
                    case "attachments" -> token == JsonToken.START_ARRAY ? attachments() : tree();
                    case "raw" -> content(token);
                    case String _ -> tree();
                });
    }

    private ArrayNode attachments() throws IOException {
        var attachments = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            attachments.add(
                    parser.currentToken() == JsonToken.START_OBJECT ? attachment() : tree());
        }
        return attachments;
    }

    private ObjectNode attachment() throws IOException {
        return object((name, token) -> name.equals("content") ? content(token) : tree());
    }

    private JsonNode content(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> source(text());
            case START_ARRAY -> octets();
            case START_OBJECT -> buffer();
            default -> tree();
        };
    }

    /** Base64, or else the text itself. */
    private Source text() throws IOException {
        var quote = (int) parser.currentTokenLocation().getByteOffset();
        var base64 = body[quote] == '"' ? Base64Text.at(body, quote) : null;
        return base64 != null && base64.isPresent()
                ? base64.get()
                : Source.of(parser.getText().getBytes(StandardCharsets.UTF_8));
    }

    /** What Node makes of a Buffer: {@code {"type":"Buffer","data":[...]}}. */
    private JsonNode buffer() throws IOException {
        var object =
                object((name, token) ->
                        name.equals("data") && token == JsonToken.START_ARRAY ? octets() : tree());
        var data = object.get("data");
        return data != null && data.isPojo() ? data : object;
    }

    /**
     * A list of octets; what is no such list becomes a plain one, which nobody takes for content.
     */
    private JsonNode octets() throws IOException {
        var octets = new ByteArrayOutputStream();
        var areOctets = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                var octet = parser.getLongValue();
                areOctets &= octet >= Byte.MIN_VALUE && octet <= 255;
                octets.write((int) octet);
            } else {
                areOctets = false;
                parser.skipChildren();
            }
        }
        return areOctets
                ? source(Source.of(octets.toByteArray()))
                : JsonNodeFactory.instance.arrayNode();
    }

    private static JsonNode source(Source source) {
        return JsonNodeFactory.instance.pojoNode(source);
    }

    private interface ReadField {
        JsonNode read(String name, JsonToken token) throws IOException;
    }

    private ObjectNode object(ReadField field) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (object.has(name)) {
                throw MismatchedInputException.from(parser, ObjectNode.class, "a name twice");
            }
            object.set(name, field.read(name, parser.nextToken()));
        }
        return object;
    }

    private JsonNode tree() throws IOException {
        @Nullable JsonNode tree = JSON.readTree(parser);
        return tree == null ? JsonNodeFactory.instance.missingNode() : tree;
    }
}
