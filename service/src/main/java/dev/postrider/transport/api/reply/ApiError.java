package dev.postrider.transport.api.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an API's error says: its reasons, the most specific first, and its words. Google writes them
 * in two shapes ({@code errors[].reason}; {@code status} and {@code details[].reason}), Microsoft
 * nests them ({@code code}, {@code innerError.code}).
 */
public record ApiError(List<String> reasons, String words) {
    private static final int MAX_REASONS = 20;
    private static final int MAX_WORDS = 500;
    private static final int MAX_DEPTH = 8;

    public ApiError {
        reasons = List.copyOf(reasons);
    }

    public static ApiError of(ApiReply reply) {
        var error = reply.json().path("error");
        var reasons = new ArrayList<String>();
        error.path("details").forEach(each -> add(reasons, each.path("reason")));
        error.path("errors").forEach(each -> add(reasons, each.path("reason")));
        nested(reasons, error, 0);
        add(reasons, error.path("status"));
        return new ApiError(reasons, words(reply, error));
    }

    /** The innermost first: the outer ones are general. */
    private static void nested(List<String> reasons, JsonNode error, int depth) {
        if (depth < MAX_DEPTH) {
            for (var name : List.of("innerError", "innererror")) {
                if (error.path(name).isObject()) {
                    nested(reasons, error.path(name), depth + 1);
                }
            }
        }
        add(reasons, error.path("code"));
    }

    private static void add(List<String> reasons, JsonNode reason) {
        if (reason.isTextual() && !reason.asText().isBlank() && reasons.size() < MAX_REASONS) {
            reasons.add(reason.asText());
        }
    }

    /** One line, of characters that anybody may see. */
    private static String words(ApiReply reply, JsonNode error) {
        var text =
                Optional.of(error.path("message"))
                        .or(() -> Optional.of(reply.json().path("error_description")))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .orElse(error.isTextual() ? error.asText() : "")
                        .replaceAll("\\p{Cntrl}+", " ")
                        .strip();
        return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) + "…" : text;
    }

    /** For people: the reason and the words. */
    public String text() {
        var reason = reasons.isEmpty() ? "" : reasons.getFirst();
        return words.isEmpty() ? reason : reason.isEmpty() ? words : reason + ": " + words;
    }
}
