package dev.postrider.mime.header;

import dev.postrider.mime.text.Comment;
import dev.postrider.mime.text.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a value with parameters as strangers write it: {@code text/plain; charset="utf-8" (so)}. Of
 * a name that is there twice the first counts. Sections and charsets (RFC 2231) are put together,
 * encoded words decoded, which no RFC allows there and many writers use.
 */
public final class ParameterList {
    private final CharSequence text;
    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, TreeMap<Integer, Section>> sections = new HashMap<>();
    private String value = "";
    private int at;

    private record Section(String text, boolean encoded) {}

    private ParameterList(CharSequence text) {
        this.text = text;
    }

    public static ParameterList of(CharSequence text) {
        ParameterList list = new ParameterList(text);
        list.read();
        return list;
    }

    /** What stands before the parameters, in lower case. */
    public String value() {
        return value;
    }

    /** A parameter by its name in lower case; empty if it isn't there. */
    public String get(String name) {
        TreeMap<Integer, Section> parts = sections.get(name);
        return parts == null
                ? DecodeWords.in(plain.getOrDefault(name, ""))
                : joined(parts.values());
    }

    private void read() {
        value = token(";").strip().toLowerCase(Locale.ROOT);
        while (at < text.length()) {
            at++;
            String name = token(";=").strip().toLowerCase(Locale.ROOT);
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                add(name, token(";").strip());
            }
        }
    }

    /** Up to one of the ends; comments left out, quoted strings unquoted. */
    private String token(String ends) {
        StringBuilder token = new StringBuilder();
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at++);
            switch (c) {
                case '"' -> quoted(token);
                case '(' -> comment();
                default -> token.append(c);
            }
        }
        return token.toString();
    }

    private void quoted(StringBuilder token) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            token.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
        }
    }

    private void comment() {
        int end = Comment.endOf(text, at - 1);
        at = end < 0 ? text.length() : end;
    }

    /** {@code name}, {@code name*}, {@code name*0} or {@code name*0*}. */
    private void add(String written, String given) {
        boolean encoded = written.endsWith("*");
        String name = encoded ? written.substring(0, written.length() - 1) : written;
        int star = name.lastIndexOf('*');
        int number = star < 0 ? 0 : number(name.substring(star + 1));
        if (number < 0 || (star < 0 && !encoded)) {
            plain.putIfAbsent(written, given);
            return;
        }
        sections.computeIfAbsent(star < 0 ? name : name.substring(0, star), _ -> new TreeMap<>())
                .putIfAbsent(number, new Section(given, encoded));
    }

    private static int number(String digits) {
        boolean sound = !digits.isEmpty() && digits.length() <= 4;
        return sound && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(digits)
                : -1;
    }

    private static String joined(Iterable<Section> parts) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Charset charset = StandardCharsets.UTF_8;
        boolean first = true;
        for (Section part : parts) {
            String rest = part.text();
            if (first && part.encoded()) {
                int quote = rest.indexOf('\'');
                int second = rest.indexOf('\'', quote + 1);
                Charset known = quote < 0 ? null : Charsets.of(rest.substring(0, quote));
                charset = known == null ? charset : known;
                rest = rest.substring(second + 1);
            }
            first = false;
            byte[] written = rest.getBytes(StandardCharsets.UTF_8);
            octets.writeBytes(part.encoded() ? Escapes.decode(written, '%') : written);
        }
        return octets.toString(charset);
    }
}
