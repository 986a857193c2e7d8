package dev.postrider.door.console;

import jakarta.ws.rs.core.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a message for a frame that may do nothing but open its links in a tab of their own:
 * no script runs in it, it belongs to no origin, and it loads nothing but the pictures that are put
 * into it, unless its reader asks. Whoever a link leads to learns neither where it stood (no
 * Referer) nor gets a hold of the console's window (no opener).
 */
public final class MessageFrame {
    /** What a frame's attribute {@code sandbox} says, and the answer's policy once more. */
    private static final String MAY = "allow-popups allow-popups-to-escape-sandbox";

    private static final Pattern LINK = Pattern.compile("(?is)<(?:a|area)\\b[^>]*>");

    /** Where a link opens, whether it keeps its opener, and whom a click is told. */
    private static final Pattern WHERE =
            Pattern.compile(
                    "(?is)(?<=[\\s\"'/])(?:target|rel|ping)\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s>\"']+)");

    /** Names are looked up, and connections made, before any policy is asked. */
    private static final Pattern AHEAD = Pattern.compile("(?is)<link\\b[^>]*>");

    private static final Pattern DOCTYPE = Pattern.compile("(?is)^\\s*<!doctype[^>]*>");

    private MessageFrame() {}

    /**
     * @param showsOutside whether pictures of other servers are loaded
     */
    public static Response of(String html, boolean showsOutside) {
        return Response.ok(opensOutside(html))
                .type("text/html;charset=utf-8")
                .header(ConsolePages.POLICY_HEADER, policy(showsOutside))
                .header("Referrer-Policy", "no-referrer")
                .header("X-DNS-Prefetch-Control", "off")
                .header("X-Frame-Options", "SAMEORIGIN")
                .build();
    }

    private static String policy(boolean showsOutside) {
        return "sandbox "
                + MAY
                + "; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
                + (showsOutside ? " https: http:" : "")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    }

    /** Ours is the first {@code base}, which counts for all links. */
    static String opensOutside(String html) {
        var doctype = DOCTYPE.matcher(html);
        var at = doctype.find() ? doctype.end() : 0;
        // behind the last one no tag ends, so that none is looked for to the end again and again
        var end = Math.max(at, html.lastIndexOf('>') + 1);
        var quiet = AHEAD.matcher(html.substring(at, end)).replaceAll(" ");
        var links =
                LINK.matcher(quiet)
                        .replaceAll(link ->
                                Matcher.quoteReplacement(
                                        WHERE.matcher(link.group()).replaceAll("")));
        return html.substring(0, at) + "<base target=\"_blank\">" + links + html.substring(end);
    }
}
