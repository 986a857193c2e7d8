package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits that {@code /openapi.json} names for a request: for each a body that just keeps it and
 * one that doesn't. A text or a list without a limit is a limit that was left out.
 */
final class Edges {
    private final JsonNode document;
    private final String operation;
    private final ObjectNode whole;
    private final Fillers fillers;
    private final List<Edge> edges = new ArrayList<>();

    private Edges(JsonNode document, String operation, ObjectNode whole, Fillers fillers) {
        this.document = document;
        this.operation = operation;
        this.whole = whole;
        this.fillers = fillers;
    }

    /**
     * A limit.
     *
     * @param field as its error names it
     */
    record Edge(String operation, String field, String limit, String fits, String exceeds) {
        @Override
        public String toString() {
            return operation + " " + field + " " + limit;
        }
    }

    /**
     * @param whole a sound request with each field in it, a list with one item
     */
    static List<Edge> of(
            JsonNode document, String operation, String schema, ObjectNode whole, Fillers fillers) {
        var edges = new Edges(document, operation, whole, fillers);
        edges.object(document.at("/components/schemas/" + schema), "", "");
        return edges.edges;
    }

    private void object(JsonNode schema, String pointer, String field) {
        for (var property : schema.path("properties").properties()) {
            var at = pointer + "/" + property.getKey();
            var name = (field.isEmpty() ? "" : field + ".") + property.getKey();
            assertThat(whole.at(at).isMissingNode() && !Fillers.standsAlone(name))
                    .as("the request has no %s", name)
                    .isFalse();
            value(resolved(property.getValue()), at, name);
        }
        for (var required : schema.path("required")) {
            var name = (field.isEmpty() ? "" : field + ".") + required.asText();
            var without = whole.deepCopy();
            ((ObjectNode) without.at(pointer)).remove(required.asText());
            edges.add(new Edge(operation, name, "required", whole.toString(), without.toString()));
        }
    }

    private void value(JsonNode schema, String at, String name) {
        switch (type(schema)) {
            case "string" -> string(schema, at, name);
            case "array" -> {
                list(schema, at, name);
                var item = resolved(schema.path("items"));
                value(item, at + "/0", name + "[0]");
            }
            case "object" -> {
                if (schema.has("additionalProperties")) {
                    map(schema, at, name);
                } else {
                    object(schema, at, name);
                }
            }
            case "boolean" -> edge(at, name, "boolean", whole.booleanNode(true), text("maybe"));
            case String other -> throw new AssertionError(name + " is a " + other);
        }
    }

    private void string(JsonNode schema, String at, String name) {
        if (schema.has("enum")) {
            for (var one : schema.path("enum")) {
                if (!one.isNull()) {
                    edge(at, name, one.asText(), one, text("nonsense"));
                }
            }
            return;
        }
        if (Fillers.isContent(name)) {
            return;
        }
        assertThat(schema.has("maxLength")).as("%s has a limit", name).isTrue();
        if (name.equals("scheduled_at")) {
            edge(at, name, "days", text("in 365 days"), text("in 366 days"));
            return;
        }
        var most = schema.path("maxLength").asInt();
        edge(at, name, "length " + most, filled(name, most), filled(name, most + 1));
        if (schema.has("pattern")) {
            edge(at, name, "pattern", text("aZ09_-"), text("a b"));
        }
    }

    private void list(JsonNode schema, String at, String name) {
        assertThat(schema.has("maxItems")).as("%s has a limit", name).isTrue();
        var most = schema.path("maxItems").asInt();
        edge(at, name, "items " + most, repeated(at, name, most), repeated(at, name, most + 1));
    }

    private void map(JsonNode schema, String at, String name) {
        assertThat(schema.has("maxProperties")).as("%s has a limit", name).isTrue();
        var most = schema.path("maxProperties").asInt();
        edge(at, name, "names " + most, names(most), names(most + 1));
        var value = resolved(schema.path("additionalProperties"));
        value(value, at + "/X-Own", name + "[X-Own]");
    }

    private ArrayNode repeated(String at, String name, int count) {
        var list = whole.arrayNode();
        for (var i = 0; i < count; i++) {
            list.add(Fillers.item(name, whole.at(at).get(0), i));
        }
        return list;
    }

    private ObjectNode names(int count) {
        var names = whole.objectNode();
        for (var i = 0; i < count; i++) {
            names.put("X-" + i, "v");
        }
        return names;
    }

    private void edge(String at, String name, String limit, JsonNode fits, JsonNode exceeds) {
        edges.add(new Edge(operation, name, limit, with(at, fits), with(at, exceeds)));
    }

    private String with(String at, JsonNode value) {
        var changed = whole.deepCopy();
        var cut = at.lastIndexOf('/');
        var parent = changed.at(at.substring(0, cut));
        var name = at.substring(cut + 1);
        switch (parent) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array -> array.set(Integer.parseInt(name), value);
            default -> throw new AssertionError(at);
        }
        Fillers.settle(changed, at);
        return changed.toString();
    }

    private JsonNode filled(String name, int length) {
        var text = fillers.text(name, length);
        assertThat(text).hasSize(length);
        return text(text);
    }

    private JsonNode text(String text) {
        return whole.textNode(text);
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty()
                ? schema
                : document.at("/components/schemas/" + reference.replaceFirst(".*/", ""));
    }
}
