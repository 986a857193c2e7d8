package dev.postrider.flow.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.mime.header.HeaderField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an email's readers see beside its envelope and its message.
 *
 * @param author From as its sender wrote it; empty when that is the reverse-path
 * @param replyTo where answers go, as its sender wrote them
 * @param headers its sender's own, for webhooks
 * @param tags its sender's own marks, name to value
 * @param dated whether the message begins with a Date that was made for it: that moves along when
 *     its sender moves the email
 */
public record Shown(
        Optional<String> author,
        List<String> replyTo,
        List<HeaderField> headers,
        Map<String, String> tags,
        boolean dated) {
    public static final Shown NOTHING =
            new Shown(Optional.empty(), List.of(), List.of(), Map.of(), false);

    /** What a webhook is told in one call. */
    private static final int MAX_HEADERS = 16_384;

    public Shown {
        replyTo = List.copyOf(replyTo);
        headers = List.copyOf(headers);
        tags = Map.copyOf(tags);
    }

    @Nullable String replyToJson() {
        if (replyTo.isEmpty()) {
            return null;
        }
        var array = JsonNodeFactory.instance.arrayNode();
        replyTo.forEach(array::add);
        return array.toString();
    }

    @Nullable String headersJson() {
        var length = headers.stream().mapToInt(each -> each.value().length()).sum();
        if (headers.isEmpty() || length > MAX_HEADERS) {
            return null;
        }
        var array = JsonNodeFactory.instance.arrayNode();
        headers.forEach(
                each -> array.addObject().put("name", each.name()).put("value", each.value()));
        return array.toString();
    }

    @Nullable String tagsJson() {
        if (tags.isEmpty()) {
            return null;
        }
        var object = JsonNodeFactory.instance.objectNode();
        tags.forEach(object::put);
        return object.toString();
    }
}
