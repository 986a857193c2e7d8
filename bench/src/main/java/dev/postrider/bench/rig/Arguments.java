package dev.postrider.bench.rig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands behind a bench's name on the command line.
 *
 * @param launcher the script {@code postrider}
 * @param bench its name
 * @param values what follows {@code --name}
 */
public record Arguments(Path launcher, String bench, Map<String, String> values) {
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads pairs of a name and a value.
     *
     * @param known the names that there are
     * @throws IllegalArgumentException with words for whoever wrote them
     */
    public static Arguments parse(
            Path launcher, String bench, List<String> words, List<String> known) {
        var values = new TreeMap<String, String>();
        for (var i = 0; i < words.size(); i += 2) {
            var name = words.get(i);
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "bench " + bench + " doesn't know " + name + ", only " + known);
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            values.put(name, words.get(i + 1));
        }
        return new Arguments(launcher, bench, values);
    }

    /** Where the page goes. */
    public Path file() {
        return Path.of(text("--out", "docs/bench/" + bench + ".md"));
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        var text = text(name, String.valueOf(otherwise));
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(name + " needs a number instead of " + text);
        }
    }

    /** The keys of the rows to run; none for all of them and the page. */
    public List<String> only() {
        var only = text("--only", "");
        return only.isEmpty() ? List.of() : List.of(only.split(",", -1));
    }

    public boolean wants(String key) {
        return only().isEmpty() || only().contains(key);
    }
}
