package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiRefusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what an email says.
 *
 * @param raw the API's path of its source
 */
record ReadMessage(Visit visit, JsonNode email, String raw) {
    /** A page of source; the whole is there to be downloaded. */
    private static final int SHOWN = 100_000;

    private static final Pattern FROM_OUTSIDE =
            Pattern.compile(
                    "(?i)(?:src|srcset|background|poster)\\s*=\\s*[\"']?\\s*(?:https?:)?//|url\\(\\s*[\"']?(?:https?:)?//");

    EmailPage.Message read(String view, boolean showsOutside) {
        var html = Optional.ofNullable(email.path("html").asText(null));
        var text = Optional.ofNullable(email.path("text").asText(null));
        var isSource = view.equals("source") || view.equals("headers");
        var source = isSource ? source() : Optional.<String>empty();
        var shown =
                switch (view) {
                    case "source" -> source.map(ReadMessage::cut).orElse(null);
                    case "headers" -> null;
                    case String _ -> text.orElse(null);
                };
        return new EmailPage.Message(
                isSource ? source.isPresent() : html.isPresent() || text.isPresent(),
                html.isPresent(),
                html.filter(each -> FROM_OUTSIDE.matcher(each).find()).isPresent(),
                showsOutside,
                shown,
                view.equals("source") && source.filter(ReadMessage::isCut).isPresent(),
                source.map(ReadMessage::headers).orElse(List.of()));
    }

    /** Its beginning; empty when it is no longer kept. */
    private Optional<String> source() {
        try {
            return Optional.of(
                    new String(visit.api().beginning(raw, SHOWN + 1), StandardCharsets.UTF_8));
        } catch (ApiRefusal refusal) {
            if (refusal.refused().status() == 404) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** A character may be several octets; one that was cut through is shown as unreadable. */
    private static boolean isCut(String source) {
        return source.getBytes(StandardCharsets.UTF_8).length > SHOWN;
    }

    private static String cut(String source) {
        return source.length() > SHOWN ? source.substring(0, SHOWN) : source;
    }

    /** RFC 5322, 2.2: a line that begins with a blank goes on with the one before. */
    static List<EmailPage.Fact> headers(String source) {
        var headers = new ArrayList<EmailPage.Fact>();
        for (var line : source.split("\r?\n", -1)) {
            if (line.isEmpty() || headers.size() == 200) {
                break;
            }
            var colon = line.indexOf(':');
            if (Character.isWhitespace(line.charAt(0)) && !headers.isEmpty()) {
                var last = headers.removeLast();
                headers.add(new EmailPage.Fact(last.name(), last.value() + " " + line.strip()));
            } else if (colon > 0) {
                headers.add(
                        new EmailPage.Fact(
                                line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return headers;
    }
}
