package dev.postrider.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The fields of a JSON object, read one by one; what is wrong with each is collected, so that a
 * caller learns all of it at once. Unknown fields are ignored. Not thread-safe.
 */
public final class Fields {
    private final ObjectNode object;
    private final String prefix;
    private final List<Problem.FieldError> errors;

    public Fields(ObjectNode object) {
        this(object, "", new ArrayList<>());
    }

    private Fields(ObjectNode object, String prefix, List<Problem.FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** A text that must be there; the empty text stands in when it isn't, beside the error. */
    public String text(String name, int maxLength) {
        if (node(name).isEmpty()) {
            error(name, "is missing");
            return "";
        }
        return optionalText(name, maxLength).orElse("");
    }

    public Optional<String> optionalText(String name, int maxLength) {
        var node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            error(name, "must be a text");
            return Optional.empty();
        }
        var text = node.get().textValue();
        if (text.length() > maxLength) {
            error(name, "is longer than " + maxLength + " characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public OptionalInt optionalInt(String name, int min, int max) {
        var node = node(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToInt()
                || node.get().intValue() < min
                || node.get().intValue() > max) {
            error(name, "must be a whole number from " + min + " to " + max);
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.get().intValue());
    }

    /** A nested object; an empty one stands in when it is absent or no object. */
    public Fields object(String name) {
        var node = node(name);
        if (node.isPresent() && !(node.get() instanceof ObjectNode)) {
            error(name, "must be an object");
        }
        return new Fields(
                node.filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .orElseGet(JsonNodeFactory.instance::objectNode),
                prefix + name + ".",
                errors);
    }

    /** Texts, where one alone may stand without a list; none when it is absent. */
    public List<String> texts(String name, int maxItems, int maxLength) {
        var node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get().isTextual()) {
            return optionalText(name, maxLength).map(List::of).orElse(List.of());
        }
        var texts = new ArrayList<String>();
        for (var item : items(name, maxItems)) {
            if (!item.isTextual()) {
                error(name + "[" + texts.size() + "]", "must be a text");
                return List.of();
            }
            if (item.textValue().length() > maxLength) {
                error(
                        name + "[" + texts.size() + "]",
                        "is longer than " + maxLength + " characters");
                return List.of();
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    /** Objects of a list; none when it is absent, or holds anything else. */
    public List<Fields> objects(String name, int maxItems) {
        var objects = new ArrayList<Fields>();
        for (var item : items(name, maxItems)) {
            var at = name + "[" + objects.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                error(at, "must be an object");
                return List.of();
            }
            objects.add(new Fields(object, prefix + at + ".", errors));
        }
        return List.copyOf(objects);
    }

    private List<JsonNode> items(String name, int maxItems) {
        var node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            error(name, "must be a list");
            return List.of();
        }
        if (node.get().size() > maxItems) {
            error(name, "has more than " + maxItems + " items");
            return List.of();
        }
        return node.get().valueStream().toList();
    }

    public boolean optionalFlag(String name, boolean otherwise) {
        var node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            error(name, "must be true or false");
        }
        return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(otherwise);
    }

    public boolean has(String name) {
        return node(name).isPresent();
    }

    /** As they came, in their order. */
    public List<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The field as it came; JSON's null counts as absent. */
    public Optional<JsonNode> node(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    public void error(String name, String message) {
        errors.add(new Problem.FieldError(prefix + name, message));
    }

    public boolean areValid() {
        return errors.isEmpty();
    }

    /** What is wrong so far. */
    public List<Problem.FieldError> errors() {
        return List.copyOf(errors);
    }

    public Problem problem() {
        return Problem.invalid(errors);
    }
}
