package dev.postrider.mime.header;

import dev.postrider.mime.text.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jsoup.parser.Parser;

/** The ids by which HTML refers to a message's images (RFC 2392). */
public final class ContentIds {
    private static final String SCHEME = "cid:";

    /** Characters of an id. */
    public static final int MAX_LENGTH = 255;

    /** Each character of an id may be escaped. */
    private static final int MAX_WRITTEN = 3 * MAX_LENGTH;

    /** References that are looked at; no email shows more images. */
    private static final int MAX_REFERENCES = 10_000;

    private ContentIds() {}

    /** An id without the angle brackets that its header has. */
    public static String bare(String written) {
        return written.length() > 1 && written.startsWith("<") && written.endsWith(">")
                ? written.substring(1, written.length() - 1)
                : written;
    }

    /** Which of some ids a text refers to: the scheme in any case, the id escaped or not. */
    public static Set<String> referredTo(String html, Set<String> ids) {
        Set<String> found = new HashSet<>();
        int references = 0;
        for (int i = 0; i < html.length() && references < MAX_REFERENCES; i++) {
            if (html.regionMatches(true, i, SCHEME, 0, SCHEME.length())) {
                int start = i + SCHEME.length();
                int end = end(html, start, "");
                add(found, ids, html.substring(start, end));
                add(found, ids, html.substring(start, end(html, start, "');,\\")));
                references++;
            }
        }
        return found;
    }

    private static int end(String html, int start, String others) {
        int limit = Math.min(html.length(), start + MAX_WRITTEN);
        int end = start;
        while (end < limit
                && html.charAt(end) > ' '
                && "\"<>".indexOf(html.charAt(end)) < 0
                && others.indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static void add(Set<String> found, Set<String> ids, String written) {
        String id = written.indexOf('&') < 0 ? written : Parser.unescapeEntities(written, true);
        if (ids.contains(id)) {
            found.add(id);
        }
        String unescaped =
                new String(
                        Escapes.decode(id.getBytes(StandardCharsets.UTF_8), '%'),
                        StandardCharsets.UTF_8);
        if (ids.contains(unescaped)) {
            found.add(unescaped);
        }
    }
}
