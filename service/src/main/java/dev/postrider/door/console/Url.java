package dev.postrider.door.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts any text into URLs, the API's and ours. */
public final class Url {
    private Url() {}

    /** As a segment of a path, or as a value of a query (RFC 3986, 2.1). */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A query without its question mark, in the order of the map; what is empty is left out. */
    public static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Another field behind the first of a query; nothing when it is empty. */
    public static String and(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : "&" + name + "=" + encode(value);
    }
}
