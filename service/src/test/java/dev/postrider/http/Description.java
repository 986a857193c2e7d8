package dev.postrider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api.Answer;
import java.util.ArrayList;
import java.util.List;

/** {@code /openapi.json} of a running program, and whether answers are as it says. */
public final class Description {
    private final JsonNode document = Api.underTest().get("/openapi.json").json();

    public JsonNode document() {
        return document;
    }

    /**
     * An answer is one of those that its operation names, and of the form that is described.
     *
     * @param operation method and path, as {@code post /emails}
     */
    public void assertMatches(String operation, Answer answer) {
        var method = operation.substring(0, operation.indexOf(' '));
        var path = operation.substring(operation.indexOf(' ') + 1);
        var described =
                document.path("paths")
                        .path(path)
                        .path(method)
                        .path("responses")
                        .path(String.valueOf(answer.status()));
        assertThat(described.isMissingNode())
                .as("%s answers %s: %s", operation, answer.status(), answer.text())
                .isFalse();
        var schema = described.path("content").path("application/json").path("schema");
        var wrong = new ArrayList<String>();
        check(schema, answer.json(), "$", wrong);
        assertThat(wrong).as("%s: %s", operation, answer.text()).isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.isMissingNode()) {
            wrong.add(at + " has no schema");
        } else if (schema.has("$ref")) {
            var name = schema.path("$ref").asText();
            check(
                    document.path("components")
                            .path("schemas")
                            .path(name.substring(name.lastIndexOf('/') + 1)),
                    value,
                    at,
                    wrong);
        } else if (schema.has("anyOf")) {
            checkAny(schema.path("anyOf"), value, at, wrong);
        } else {
            checkTyped(schema, value, at, wrong);
        }
    }

    private void checkAny(JsonNode schemas, JsonNode value, String at, List<String> wrong) {
        for (var schema : schemas) {
            var here = new ArrayList<String>();
            check(schema, value, at, here);
            if (here.isEmpty()) {
                return;
            }
        }
        wrong.add(at + " is none of " + schemas + ": " + value);
    }

    private void checkTyped(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (!isOfType(schema.path("type"), value)) {
            wrong.add(at + " is no " + schema.path("type") + ": " + value);
            return;
        }
        if (schema.has("enum")
                && !value.isNull()
                && schema.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(at + " is none of " + schema.path("enum") + ": " + value);
        }
        if (value.isArray()) {
            for (var i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), at + "[" + i + "]", wrong);
            }
        }
        if (value.isObject() && !schema.has("additionalProperties")) {
            for (var field : value.properties()) {
                check(
                        schema.path("properties").path(field.getKey()),
                        field.getValue(),
                        at + "." + field.getKey(),
                        wrong);
            }
        }
        for (var required : schema.path("required")) {
            if (!value.has(required.asText())) {
                wrong.add(at + " lacks " + required.asText());
            }
        }
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            return types.valueStream().anyMatch(type -> isOfType(type, value));
        }
        return switch (types.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case String _ -> false;
        };
    }
}
