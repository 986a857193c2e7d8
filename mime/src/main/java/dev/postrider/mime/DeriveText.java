package dev.postrider.mime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/**
 * The plain text of an HTML email, for readers that show none and for filters that distrust mail
 * without it.
 *
 * <ul>
 *   <li>paragraphs and headings stand between empty lines, other blocks and {@code <br>} on lines
 *       of their own; {@code <pre>} keeps its spaces;
 *   <li>a link is its text, then its address in parentheses unless that is the text;
 *   <li>list items begin with {@code "- "} or their number; an image is its {@code alt} text;
 *       {@code <hr>} is a line of hyphens; table cells follow one another;
 *   <li>what isn't shown is left out: {@code head}, {@code style}, {@code script}, {@code hidden},
 *       {@code display:none}.
 * </ul>
 */
public final class DeriveText {
    private static final Set<String> PARAGRAPHS =
            Set.of(
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "ul",
                    "ol",
                    "dl",
                    "table",
                    "blockquote",
                    "pre",
                    "hr",
                    "figure");
    private static final Set<String> UNSEEN =
            Set.of("head", "style", "script", "title", "template", "noscript", "object");

    /**
     * The parser's time grows with the length times the depth, which a sender chooses. What is
     * nested deeper keeps its words and loses only its structure.
     */
    private static final int MAX_DEPTH = 64;

    private DeriveText() {}

    /** The text, its lines ending with LF; empty if the HTML shows none. */
    public static String from(String html) {
        if (html.isBlank()) {
            return "";
        }
        Visitor visitor = new Visitor();
        Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(MAX_DEPTH)).body().filter(visitor);
        return visitor.lines.toString();
    }

    private static final class Visitor implements NodeFilter {
        private final PlainLines lines = new PlainLines();
        private final Deque<AtomicInteger> lists = new ArrayDeque<>();
        private int preformatted;

        @Override
        public FilterResult head(Node node, int depth) {
            return switch (node) {
                case TextNode text -> {
                    write(text);
                    yield FilterResult.CONTINUE;
                }
                case Element element when isUnseen(element) -> FilterResult.SKIP_ENTIRELY;
                case Element element -> {
                    begin(element);
                    yield FilterResult.CONTINUE;
                }
                default -> FilterResult.SKIP_ENTIRELY;
            };
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                end(element);
            }
            return FilterResult.CONTINUE;
        }

        private void write(TextNode text) {
            if (preformatted > 0) {
                lines.verbatim(text.getWholeText());
            } else {
                lines.flowing(text.getWholeText());
            }
        }

        private void begin(Element element) {
            breakAround(element);
            switch (element.normalName()) {
                case "pre" -> preformatted++;
                case "ul", "ol" -> lists.push(new AtomicInteger());
                case "li" -> lines.bullet(bullet(element));
                case "img" -> lines.flowing(element.attr("alt"));
                case "hr" -> lines.flowing("-".repeat(40));
                case "td", "th" -> lines.flowing(" ");
                default -> {}
            }
        }

        private void end(Element element) {
            preformatted -= element.nameIs("pre") ? 1 : 0;
            switch (element.normalName()) {
                case "br" -> lines.lineBreak();
                case "ul", "ol" -> {
                    lists.pop();
                    breakAround(element);
                }
                case "a" -> lines.flowing(target(element));
                default -> breakAround(element);
            }
        }

        private void breakAround(Element element) {
            if (PARAGRAPHS.contains(element.normalName())) {
                lines.paragraph();
            } else if (element.isBlock() && !element.nameIs("td") && !element.nameIs("th")) {
                lines.fresh();
            }
        }

        private String bullet(Element item) {
            Element list = item.parent();
            return list != null && list.nameIs("ol")
                    ? lists.element().incrementAndGet() + ". "
                    : "- ";
        }

        private static String target(Element link) {
            String address = link.attr("href").strip();
            String text = link.text().strip();
            boolean known =
                    text.equals(address)
                            || address.equals("mailto:" + text)
                            || address.replaceFirst("^https?://", "").equals(text);
            return known || address.isEmpty() || address.startsWith("#")
                    ? ""
                    : " (" + address + ")";
        }

        private static boolean isUnseen(Element element) {
            String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
            return UNSEEN.contains(element.normalName())
                    || element.hasAttr("hidden")
                    || style.contains("display:none");
        }
    }
}
