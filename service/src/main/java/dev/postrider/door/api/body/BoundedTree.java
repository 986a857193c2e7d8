package dev.postrider.door.api.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.http.JsonLimits;
import dev.postrider.http.Problem;
import dev.postrider.spool.TextBudget;
import java.io.IOException;

/** Makes a tree of JSON for as long as it keeps to its limits. For one request. */
final class BoundedTree {
    /** Of a list or an object: more than any field takes. */
    private static final int MAX_ITEMS = EmailLimits.REFERENCES;

    private final JsonParser parser;
    private final TextBudget texts;
    private int values;
    private boolean readsText;

    BoundedTree(JsonParser parser, TextBudget texts) {
        this.parser = parser;
        this.texts = texts;
    }

    /** Reads one value, whose first token the parser is at. */
    interface ReadValue {
        JsonNode read(String name, JsonToken token) throws IOException;
    }

    /** A list or an object has more than may stand there. */
    static final class TooMany extends IOException {
        private static final long serialVersionUID = 1;
        private final String field;
        private final int most;

        private TooMany(JsonPointer place, int most) {
            this.field = path(place);
            this.most = most;
        }

        Problem problem() {
            return Problem.invalid(
                    field.isEmpty() ? "body" : field, "has more than " + most + " items");
        }
    }

    /**
     * The items of a list; nothing is read behind one too many.
     *
     * @param read gets no name
     */
    ArrayNode list(int most, ReadValue read) throws IOException {
        var items = JsonNodeFactory.instance.arrayNode();
        var place = parser.getParsingContext().getParent();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count();
            if (items.size() == most) {
                throw new TooMany(place.pathAsPointer(), most);
            }
            items.add(read.read("", parser.currentToken()));
        }
        return items;
    }

    ObjectNode object(ReadValue field) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        var place = parser.getParsingContext().getParent();
        count();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            count();
            texts.add(name.length());
            if (object.has(name)) {
                throw MismatchedInputException.from(parser, ObjectNode.class, "a name twice");
            }
            if (object.size() == MAX_ITEMS) {
                throw new TooMany(place.pathAsPointer(), MAX_ITEMS);
            }
            object.set(name, field.read(name, parser.nextToken()));
        }
        return object;
    }

    JsonNode value() throws IOException {
        var nodes = JsonNodeFactory.instance;
        texts.add(0);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object((_, _) -> value());
            case START_ARRAY -> list(MAX_ITEMS, (_, _) -> value());
            case VALUE_STRING -> {
                readsText = true;
                var text = parser.getText();
                readsText = false;
                texts.add(text.length());
                yield nodes.textNode(text);
            }
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? nodes.numberNode(parser.getBigIntegerValue())
                            : nodes.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw MismatchedInputException.from(parser, ObjectNode.class, "no value");
        };
    }

    /** Another value has been read. */
    void count() throws IOException {
        values++;
        if (values > JsonLimits.MAX_VALUES) {
            throw new StreamConstraintsException(
                    "more than " + JsonLimits.MAX_VALUES + " values", parser.currentLocation());
        }
    }

    /** Whether it is a text that can't be read. */
    boolean readsText() {
        return readsText;
    }

    /** The field that is being read. */
    String path() {
        return path(parser.getParsingContext().pathAsPointer());
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
}
