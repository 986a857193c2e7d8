package dev.postrider.mime.html;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.parser.Parser;

/** A start tag: its name, and of its attributes those that the text depends on. */
final class HtmlTag {
    private static final Set<String> KEPT = Set.of("href", "alt", "style", "hidden");

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();

    /**
     * @param name in lower case
     */
    HtmlTag(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The first of a name counts (HTML 13.2.5.33). */
    void add(String attribute, String value) {
        String key = attribute.toLowerCase(Locale.ROOT);
        if (KEPT.contains(key)) {
            attributes.putIfAbsent(key, Parser.unescapeEntities(value, true));
        }
    }

    /** Empty if it isn't there. */
    String value(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    boolean isHidden() {
        String style = value("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return attributes.containsKey("hidden") || style.contains("display:none");
    }
}
