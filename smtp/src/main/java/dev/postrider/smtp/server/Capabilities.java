package dev.postrider.smtp.server;

import dev.postrider.smtp.reply.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server announces in its answer to EHLO (RFC 5321 section 4.1.1.1), without what is
 * disregarded.
 *
 * @param extensions keyword, upper case, to parameters
 */
public record Capabilities(Map<String, List<String>> extensions) {

    public Capabilities {
        var sorted = new TreeMap<String, List<String>>();
        extensions.forEach((keyword, parameters) -> sorted.put(keyword, List.copyOf(parameters)));
        extensions = Collections.unmodifiableMap(sorted);
    }

    public static Capabilities parse(Reply ehlo, Set<String> disregarded) {
        var extensions = new TreeMap<String, List<String>>();
        for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
            // Old servers write AUTH=LOGIN beside AUTH LOGIN.
            String[] words = line.replaceFirst("(?i)^AUTH=", "AUTH ").strip().split("[ \t]+", -1);
            String keyword = words[0].toUpperCase(Locale.ROOT);
            if (keyword.isEmpty() || disregarded.contains(keyword)) {
                continue;
            }
            var parameters = new TreeSet<>(extensions.getOrDefault(keyword, List.of()));
            for (String parameter : List.of(words).subList(1, words.length)) {
                String upper = parameter.toUpperCase(Locale.ROOT);
                if (!disregarded.contains(keyword + " " + upper)) {
                    parameters.add(upper);
                }
            }
            extensions.put(keyword, List.copyOf(parameters));
        }
        return new Capabilities(extensions);
    }

    /** Whether a keyword such as {@code "PIPELINING"} is announced. */
    public boolean has(String keyword) {
        return extensions.containsKey(keyword);
    }

    /**
     * The largest message in octets (RFC 1870), or {@link Long#MAX_VALUE} when none is announced.
     */
    public long maxSize() {
        List<String> size = extensions.getOrDefault("SIZE", List.of());
        if (size.isEmpty() || !size.getFirst().matches("[0-9]{1,18}")) {
            return Long.MAX_VALUE;
        }
        long limit = Long.parseLong(size.getFirst());
        return limit == 0 ? Long.MAX_VALUE : limit;
    }

    /** The login mechanisms (RFC 4954), upper case. */
    public Set<String> mechanisms() {
        return new TreeSet<>(extensions.getOrDefault("AUTH", List.of()));
    }
}
