package dev.postrider.mime.html;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jsoup.parser.Parser;

/**
 * Takes HTML apart into text and tags, as section 13.2.5 of the HTML standard does, and makes no
 * tree of them: mending the tree of hostile HTML takes time that grows with the square of its
 * length. Each character is looked at a few times at most, whatever stands where.
 */
final class HtmlTokens {
    /** Elements whose content is no HTML. */
    private static final Set<String> RAW =
            Set.of("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes");

    private final CharSequence html;
    private final Reader reader;
    private int at;

    private HtmlTokens(CharSequence html, Reader reader) {
        this.html = html;
        this.reader = reader;
    }

    /** Is told what there is, in its order. */
    interface Reader {
        /** Some text, its entities decoded; what stands together may come in several pieces. */
        void text(String text);

        void start(HtmlTag tag);

        /**
         * An end tag, whether or not something has begun.
         *
         * @param name in lower case
         */
        void end(String name);
    }

    static void read(CharSequence html, Reader reader) {
        new HtmlTokens(html, reader).read();
    }

    private void read() {
        int text = 0;
        while (at < html.length()) {
            if (html.charAt(at) == '<' && isMarkup()) {
                text(text);
                markup();
                text = at;
            } else {
                at++;
            }
        }
        text(text);
    }

    private boolean isMarkup() {
        char next = charAt(at + 1);
        return next == '!' || next == '?' || next == '/' || isLetter(next);
    }

    private void text(int from) {
        if (at > from) {
            String text = html.subSequence(from, at).toString();
            reader.text(text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false));
        }
    }

    private void markup() {
        if (charAt(at + 1) == '!' && charAt(at + 2) == '-' && charAt(at + 3) == '-') {
            // a comment may end with the hyphens that it begins with
            at += 2;
            skipBehindComment();
        } else if (charAt(at + 1) == '/' && isLetter(charAt(at + 2))) {
            at += 2;
            String name = name();
            skipBehind('>');
            reader.end(name);
        } else if (isLetter(charAt(at + 1))) {
            at++;
            startTag();
        } else {
            skipBehind('>');
        }
    }

    private void startTag() {
        HtmlTag tag = new HtmlTag(name());
        while (at < html.length() && html.charAt(at) != '>') {
            if (isSpace(html.charAt(at)) || html.charAt(at) == '/') {
                at++;
            } else {
                attribute(tag);
            }
        }
        if (at == html.length()) {
            return;
        }
        at++;
        reader.start(tag);
        if (RAW.contains(tag.name())) {
            raw(tag.name());
        }
    }

    private void attribute(HtmlTag tag) {
        int start = at++;
        skipTo(c -> endsName(c) || c == '=');
        String name = html.subSequence(start, at).toString();
        skipSpaces();
        if (charAt(at) != '=') {
            tag.add(name, "");
            return;
        }
        at++;
        skipSpaces();
        tag.add(name, value());
    }

    private String value() {
        char quote = charAt(at);
        if (quote == '"' || quote == '\'') {
            int start = ++at;
            skipTo(c -> c == quote);
            String value = html.subSequence(start, at).toString();
            at = Math.min(at + 1, html.length());
            return value;
        }
        int start = at;
        skipTo(c -> c == '>' || isSpace(c));
        return html.subSequence(start, at).toString();
    }

    /** Up to the end tag of that name; without one, all the rest. */
    private void raw(String name) {
        int start = at;
        while (at < html.length() && !isEndOf(name)) {
            at++;
        }
        text(start);
    }

    private boolean isEndOf(String name) {
        if (html.charAt(at) != '<' || charAt(at + 1) != '/') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(charAt(at + 2 + i)) != name.charAt(i)) {
                return false;
            }
        }
        return endsName(charAt(at + 2 + name.length()));
    }

    private String name() {
        int start = at;
        skipTo(HtmlTokens::endsName);
        return html.subSequence(start, at).toString().toLowerCase(Locale.ROOT);
    }

    private void skipTo(IntPredicate end) {
        while (at < html.length() && !end.test(html.charAt(at))) {
            at++;
        }
    }

    private void skipSpaces() {
        skipTo(c -> !isSpace(c));
    }

    private void skipBehind(char end) {
        skipTo(c -> c == end);
        at = Math.min(at + 1, html.length());
    }

    private void skipBehindComment() {
        while (at < html.length()
                && !(html.charAt(at) == '-' && charAt(at + 1) == '-' && charAt(at + 2) == '>')) {
            at++;
        }
        at = Math.min(at + 3, html.length());
    }

    /** NUL, which stands for nothing here, behind the end. */
    private char charAt(int index) {
        return index < html.length() ? html.charAt(index) : 0;
    }

    private static boolean endsName(int c) {
        return isSpace(c) || c == '/' || c == '>' || c == 0;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
