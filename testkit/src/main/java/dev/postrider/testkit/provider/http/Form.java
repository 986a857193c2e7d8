package dev.postrider.testkit.provider.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fields of a query or of a form, in their order; a name may have several values. */
public record Form(Map<String, List<String>> fields) {
    public static final Form EMPTY = new Form(Map.of());

    /** What can't be decoded is taken as it stands. */
    public static Form parse(String encoded) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String field : encoded.split("&", -1)) {
            if (!field.isEmpty()) {
                String[] sides = field.split("=", 2);
                fields.computeIfAbsent(decode(sides[0]), name -> new ArrayList<>())
                        .add(sides.length == 2 ? decode(sides[1]) : "");
            }
        }
        return new Form(fields);
    }

    public static Form of(Map<String, String> values) {
        var fields = new LinkedHashMap<String, List<String>>();
        values.forEach((name, value) -> fields.put(name, List.of(value)));
        return new Form(fields);
    }

    public String encoded() {
        return fields.entrySet().stream()
                .flatMap(field ->
                        field.getValue().stream()
                                .map(value -> encode(field.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The first of its values; empty when there is none, or nothing in it. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    public String text(String name) {
        return get(name).orElse("");
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
