package dev.postrider.transport.api.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.outbound.BodySink;
import dev.postrider.outbound.CallResult.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What an API answered.
 *
 * @param isWhole whether its body didn't break off; of one that is too long the beginning is read
 * @param json missing where the body is none
 */
public record ApiReply(int status, Answered<Text> answer, boolean isWhole, JsonNode json) {
    /** Of more nobody reads anything. */
    private static final int MAX_OCTETS = 512 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The body, as far as it came. */
    public record Text(String text, boolean isWhole) {
        @Override
        public String toString() {
            return "Text[" + text.length() + "]";
        }
    }

    /**
     * Takes what comes: an answer whose status says that a message was taken mustn't count for none
     * because its body breaks off.
     */
    public static final BodySink<Text> SINK =
            (body, _) -> {
                var octets = new ByteArrayOutputStream();
                var piece = new byte[8 * 1024];
                var isWhole = true;
                try {
                    var count = body.read(piece);
                    while (count >= 0 && octets.size() < MAX_OCTETS) {
                        octets.write(piece, 0, count);
                        count = body.read(piece);
                    }
                } catch (IOException _) {
                    isWhole = false;
                }
                return new Text(octets.toString(StandardCharsets.UTF_8), isWhole);
            };

    public static ApiReply of(Answered<Text> answer) {
        return new ApiReply(
                answer.status(), answer, answer.body().isWhole(), parse(answer.body().text()));
    }

    private static JsonNode parse(String text) {
        try {
            var json = text.isBlank() ? null : JSON.readTree(text);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether it says of itself that it is JSON, whatever it is. */
    public boolean saysJson() {
        return header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .isPresent();
    }

    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /** A text in an object of the body. */
    public Optional<String> text(String name) {
        return Optional.of(json.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty());
    }
}
