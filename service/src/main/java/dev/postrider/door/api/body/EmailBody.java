package dev.postrider.door.api.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.send.ReadEmailRequest;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.mime.Source;
import dev.postrider.spool.Octets;
import dev.postrider.spool.TextBudget;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that describes emails. The content of attachments, in whichever of the forms that
 * SDKs send, becomes a {@link Source} in the tree that reads it from where it stands in the body.
 */
public final class EmailBody {
    /** Of all kinds, in a whole body. */
    static final int MAX_VALUES = 250_000;

    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .maxStringLength(ReadEmailRequest.MAX_BODY)
                                            .build())
                            .build());
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Octets body;
    private final int start;
    private final JsonParser parser;
    private final TextBudget texts;
    private int values;
    private boolean readsText;

    private EmailBody(Octets body, int start, JsonParser parser, TextBudget texts) {
        this.body = body;
        this.start = start;
        this.parser = parser;
        this.texts = texts;
    }

    /** What a body turned out to be. */
    public sealed interface Read {
        /**
         * Needed while the body is.
         *
         * @param tree holds the attachments as sources
         */
        record Json(JsonNode tree) implements Read {}

        record Rejected(Problem problem) implements Read {}
    }

    /**
     * Reads one JSON text in UTF-8 with nothing behind it.
     *
     * @param body to be closed when its attachments have been read
     */
    public static Read read(Octets body, TextBudget texts)
            throws IOException, InterruptedException {
        var beginning = beginning(body);
        if (beginning.length == 0) {
            return rejected("The body is empty: send JSON.");
        }
        var start = Arrays.equals(beginning, UTF8_MARK) ? UTF8_MARK.length : 0;
        if (start == 0 && !isUtf8(beginning)) {
            return rejected("The body is not UTF-8, which JSON is written in.");
        }
        try (var parser = parser(body, start)) {
            return new EmailBody(body, start, parser, texts).read();
        } catch (JsonProcessingException e) {
            return rejected(
                    "The body is not JSON"
                            + place(e)
                            + ", or has a name twice, or nests deeper than "
                            + MAX_DEPTH
                            + ".");
        }
    }

    private Read read() throws IOException, InterruptedException {
        try {
            parser.nextToken();
            var tree = value();
            return parser.nextToken() == null
                    ? new Read.Json(tree)
                    : rejected("The body goes on behind its JSON.");
        } catch (StreamConstraintsException e) {
            return readsText
                    ? new Read.Rejected(
                            Problem.invalid(
                                    path(parser.getParsingContext().pathAsPointer()),
                                    "is longer than " + ReadEmailRequest.MAX_BODY + " characters"))
                    : rejected(
                            "The body nests deeper than "
                                    + MAX_DEPTH
                                    + ", has more than "
                                    + MAX_VALUES
                                    + " values, or has a name or a number that is too long"
                                    + place(e)
                                    + ".");
        }
    }

    private static byte[] beginning(Octets body) throws IOException {
        try (var in = body.open()) {
            return in.readNBytes(UTF8_MARK.length);
        }
    }

    private static JsonParser parser(Octets body, int start) throws IOException {
        return body instanceof Octets.InMemory memory && start == 0
                ? JSON.createParser(memory.array())
                : JSON.createParser(body.openAt(start));
    }

    /** The parser would read UTF-16 and UTF-32 too, and count its places otherwise. */
    private static boolean isUtf8(byte[] beginning) {
        for (var octet : beginning) {
            if (octet == 0 || octet == (byte) 0xfe || octet == (byte) 0xff) {
                return false;
            }
        }
        return true;
    }

    /** As errors name fields: {@code emails[2].attachments[0].filename}. */
    private static String path(JsonPointer pointer) {
        var path = new StringBuilder(pointer.mayMatchElement() ? "emails" : "");
        for (var at = pointer; !at.matches(); at = at.tail()) {
            if (at.mayMatchElement()) {
                path.append('[').append(at.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
            }
        }
        return path.toString();
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static Read rejected(String detail) {
        return new Read.Rejected(Problem.of(ProblemCode.MALFORMED_BODY, detail));
    }

    private JsonNode value() throws IOException, InterruptedException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> email();
            case START_ARRAY -> {
                var emails = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    count();
                    emails.add(parser.currentToken() == JsonToken.START_OBJECT ? email() : tree());
                }
                yield emails;
            }
            case null -> throw MismatchedInputException.from(parser, ObjectNode.class, "no value");
            default -> tree();
        };
    }

    private ObjectNode email() throws IOException, InterruptedException {
        return object((name, token) ->
                switch (name) {
                    case "attachments" -> token == JsonToken.START_ARRAY ? attachments() : tree();
                    case "raw" -> content(token);
                    case String _ -> tree();
                });
    }

    private ArrayNode attachments() throws IOException, InterruptedException {
        var attachments = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count();
            attachments.add(
                    parser.currentToken() == JsonToken.START_OBJECT ? attachment() : tree());
        }
        return attachments;
    }

    private ObjectNode attachment() throws IOException, InterruptedException {
        return object((name, token) -> name.equals("content") ? content(token) : tree());
    }

    private JsonNode content(JsonToken token) throws IOException, InterruptedException {
        return switch (token) {
            case VALUE_STRING -> source(text());
            case START_ARRAY -> octets();
            case START_OBJECT -> buffer();
            default -> tree();
        };
    }

    /** Base64, or else the text itself; should it be malformed, the parser says so next. */
    private Source text() throws IOException {
        try {
            return JsonText.at(body, place()).content();
        } catch (EOFException _) {
            return Source.of(new byte[0]);
        }
    }

    private long place() {
        return start + parser.currentTokenLocation().getByteOffset();
    }

    /** What Node makes of a Buffer: {@code {"type":"Buffer","data":[...]}}. */
    private JsonNode buffer() throws IOException, InterruptedException {
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
        var bracket = place();
        var size = 0L;
        var areOctets = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                var octet = parser.getLongValue();
                areOctets &= octet >= Byte.MIN_VALUE && octet <= 255;
                size++;
            } else {
                areOctets = false;
                parser.skipChildren();
            }
        }
        return areOctets
                ? source(new OctetList(body, bracket, size))
                : JsonNodeFactory.instance.arrayNode();
    }

    private static JsonNode source(Source source) {
        return JsonNodeFactory.instance.pojoNode(source);
    }

    private interface ReadField {
        JsonNode read(String name, JsonToken token) throws IOException, InterruptedException;
    }

    private ObjectNode object(ReadField field) throws IOException, InterruptedException {
        var object = JsonNodeFactory.instance.objectNode();
        count();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            count();
            if (object.has(name)) {
                throw MismatchedInputException.from(parser, ObjectNode.class, "a name twice");
            }
            object.set(name, field.read(name, parser.nextToken()));
        }
        return object;
    }

    private JsonNode tree() throws IOException, InterruptedException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object((_, _) -> tree());
            case START_ARRAY -> {
                var array = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    count();
                    array.add(tree());
                }
                yield array;
            }
            case VALUE_STRING -> {
                readsText = true;
                var text = parser.getText();
                readsText = false;
                texts.add(text.length());
                yield JsonNodeFactory.instance.textNode(text);
            }
            default -> {
                @Nullable JsonNode scalar = JSON.readTree(parser);
                yield scalar == null ? JsonNodeFactory.instance.missingNode() : scalar;
            }
        };
    }

    private void count() throws IOException {
        values++;
        if (values > MAX_VALUES) {
            throw new StreamConstraintsException(
                    "more than " + MAX_VALUES + " values", parser.currentLocation());
        }
    }
}
