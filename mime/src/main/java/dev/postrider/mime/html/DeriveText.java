package dev.postrider.mime.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 *   <li>what isn't shown is left out: {@code title}, {@code style}, {@code script}, {@code hidden},
 *       {@code display:none}.
 * </ul>
 *
 * Its time grows with the length of the HTML, however hostile that is.
 */
public final class DeriveText {
    private static final Set<String> PARAGRAPHS =
            Set.of("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr figure".split(" ", -1));
    private static final Set<String> BLOCKS =
            Set.of(
                    """
                    address article aside body caption center dd details dialog div dt \
                    fieldset figcaption footer form header hgroup html legend li main menu \
                    nav optgroup option search section summary tbody tfoot thead tr\
                    """
                            .split(" ", -1));
    private static final Set<String> UNSEEN =
            Set.of("style", "script", "title", "template", "noscript", "object", "iframe");
    private static final Set<String> VOID =
            Set.of("area base br col embed hr img input link meta wbr".split(" ", -1));

    /** Whose end tags may be left out: the next one of the same name ends them. */
    private static final Set<String> ENDED_BY_THE_NEXT =
            Set.of("p", "li", "dt", "dd", "tr", "td", "th", "option");

    private DeriveText() {}

    /** The text, its lines ending with LF; empty if the HTML shows none. */
    public static String from(String html) {
        return of(html);
    }

    public static String of(CharSequence html) {
        Writer writer = new Writer();
        HtmlTokens.read(html, writer);
        writer.endLink();
        return writer.lines.toString();
    }

    private static final class Writer implements HtmlTokens.Reader {
        /** Of a list that isn't numbered. */
        private static final int BULLETS = -1;

        private final PlainLines lines = new PlainLines();

        /** The number of the last item, of each list around. */
        private final Deque<Integer> lists = new ArrayDeque<>();

        private int preformatted;
        private boolean atStartOfPre;
        private @Nullable HtmlTag link;
        private int linkStart;
        private String unseen = "";
        private int unseenDepth;

        @Override
        public void text(String text) {
            if (unseenDepth > 0) {
                return;
            }
            if (preformatted > 0) {
                lines.verbatim(atStartOfPre && text.startsWith("\n") ? text.substring(1) : text);
                atStartOfPre = false;
            } else {
                lines.flowing(text);
            }
        }

        @Override
        public void start(HtmlTag tag) {
            if (unseenDepth > 0 && !ends(tag.name())) {
                unseenDepth += tag.name().equals(unseen) ? 1 : 0;
            } else if ((UNSEEN.contains(tag.name()) || tag.isHidden())) {
                unseen = tag.name();
                unseenDepth = VOID.contains(unseen) ? 0 : 1;
            } else {
                unseenDepth = 0;
                show(tag);
            }
        }

        /** Whether what isn't shown ends without an end tag. */
        private boolean ends(String next) {
            boolean isBlock = PARAGRAPHS.contains(next) || BLOCKS.contains(next);
            return ENDED_BY_THE_NEXT.contains(unseen)
                    && (next.equals(unseen) || (unseen.equals("p") && isBlock));
        }

        @Override
        public void end(String name) {
            if (unseenDepth == 0) {
                leave(name);
            } else if (name.equals(unseen)) {
                unseenDepth--;
            }
        }

        private void show(HtmlTag tag) {
            breakAround(tag.name());
            switch (tag.name()) {
                case "br" -> lines.lineBreak();
                case "pre" -> {
                    preformatted++;
                    atStartOfPre = true;
                }
                case "ul" -> lists.push(BULLETS);
                case "ol" -> lists.push(0);
                case "li" -> lines.bullet(bullet());
                case "img" -> lines.flowing(tag.value("alt"));
                case "hr" -> {
                    lines.flowing("-".repeat(40));
                    lines.paragraph();
                }
                case "td", "th" -> lines.flowing(" ");
                case "a" -> {
                    endLink();
                    link = tag;
                    linkStart = lines.length();
                }
                default -> {}
            }
        }

        private void leave(String name) {
            switch (name) {
                case "pre" -> preformatted = Math.max(0, preformatted - 1);
                case "ul", "ol" -> lists.poll();
                case "a" -> endLink();
                default -> {}
            }
            breakAround(name);
        }

        private void breakAround(String name) {
            if (PARAGRAPHS.contains(name)) {
                lines.paragraph();
            } else if (BLOCKS.contains(name)) {
                lines.fresh();
            }
        }

        private String bullet() {
            int number = lists.isEmpty() ? BULLETS : lists.pop();
            if (number == BULLETS) {
                lists.push(BULLETS);
                return "- ";
            }
            lists.push(number + 1);
            return number + 1 + ". ";
        }

        /** Each character belongs to one link at most: they don't nest. */
        void endLink() {
            if (link != null) {
                lines.flowing(target(link.value("href").strip(), lines.since(linkStart).strip()));
                link = null;
            }
        }

        private static String target(String address, String text) {
            boolean known =
                    text.equals(address)
                            || address.equals("mailto:" + text)
                            || address.replaceFirst("^https?://", "").equals(text);
            return known || address.isEmpty() || address.startsWith("#")
                    ? ""
                    : " (" + address + ")";
        }
    }
}
