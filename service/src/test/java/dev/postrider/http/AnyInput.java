package dev.postrider.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Makes up what callers may send: mostly of the form that is described, and now and then not. */
public final class AnyInput {
    /** Values, as JSON, that programs stumble over. */
    private static final List<String> ODD =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "2147483648",
                    "18446744073709551616",
                    "1e308",
                    "1.5",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"a\\r\\nBcc: mallory@example.org\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"\\u202e\\u2028😀\"",
                    "\"" + "x".repeat(70_000) + "\"",
                    "\"a@" + "x".repeat(300) + ".org\"",
                    "\"\\\"a b\\\"@example.org\"",
                    "\"<>\"",
                    "\"用户@例子.广告\"",
                    "\"../../etc/passwd\"",
                    "\"file:///etc/passwd\"",
                    "\"https://127.0.0.1:1/\\ud800\"",
                    "\"http://[::1\"",
                    "\"2026-13-45T99:00:00Z\"",
                    "\"+1000000000-12-31T23:59:59Z\"",
                    "\"-999999999-01-01T00:00:00Z\"",
                    "\"in 999999999999 days\"",
                    "\"text/html; charset=none\"",
                    "\"=?utf-8?Q?=?=\"",
                    "\"00000000-0000-7000-8000-000000000000\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[[]]]",
                    "{\"a\": null, \"a\": 1}",
                    "{\"type\": \"Buffer\", \"data\": [1, 300]}");

    private static final List<String> PLAIN =
            List.of(
                    "\"any@example.org\"",
                    "\"Any One <any@example.org>\"",
                    "\"hello\"",
                    "\"in 1 day\"",
                    "\"2030-01-01T00:00:00Z\"");

    private final JsonNode document;
    private final RandomGenerator random;
    private final List<String> ids = new ArrayList<>();

    public AnyInput(JsonNode document, RandomGenerator random) {
        this.document = document;
        this.random = random;
    }

    /** From now on this one is among the ids that are asked for. */
    public void know(String id) {
        ids.add(id);
    }

    /** A JSON text for a schema. */
    public String json(JsonNode schema) {
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asText();
            return json(
                    document.path("components")
                            .path("schemas")
                            .path(name.substring(name.lastIndexOf('/') + 1)));
        }
        if (oneIn(9)) {
            return oneOf(ODD);
        }
        for (var choice : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.has(choice)) {
                return json(schema.path(choice).get(random.nextInt(schema.path(choice).size())));
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size())).toString();
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> array(schema.path("items"));
            case "integer" -> oneOf(List.of("0", "1", "5", "100"));
            case "boolean" -> oneOf(List.of("true", "false"));
            case String _ -> oneOf(PLAIN);
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
    }

    private String object(JsonNode schema) {
        var object = new StringJoiner(", ", "{", "}");
        for (var field : schema.path("properties").properties()) {
            var isRequired =
                    schema.path("required")
                            .valueStream()
                            .anyMatch(name -> name.asText().equals(field.getKey()));
            if (isRequired ? !oneIn(30) : oneIn(3)) {
                object.add("\"" + field.getKey() + "\": " + json(field.getValue()));
            }
        }
        if (oneIn(20)) {
            object.add("\"\\u0000__proto__\": " + oneOf(ODD));
        }
        return object.toString();
    }

    private String array(JsonNode items) {
        var array = new StringJoiner(", ", "[", "]");
        IntStream.range(0, random.nextInt(4)).forEach(_ -> array.add(json(items)));
        return array.toString();
    }

    /** A part of a path, ready to stand in it. */
    public String pathPart() {
        var part = !ids.isEmpty() && !oneIn(4) ? oneOf(ids) : encoded(oneOf(ODD));
        // without it another operation would be meant
        return part.isEmpty() ? "none" : part;
    }

    /** A query for an operation's parameters, with its question mark; empty for none. */
    public String query(JsonNode parameters) {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (var parameter : parameters) {
            if (parameter.path("in").asText().equals("query") && oneIn(2)) {
                var value = json(parameter.path("schema"));
                query.add(parameter.path("name").asText() + "=" + encoded(value));
            }
        }
        return query.toString();
    }

    /** What stands between the quotes of a JSON string; short enough for a request line. */
    private static String encoded(String json) {
        var text = json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        var shorter = text.substring(0, Math.min(text.length(), 500));
        return URLEncoder.encode(
                        shorter.replace("\\u0000", "\0").replace("\\r\\n", "\r\n"),
                        StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
