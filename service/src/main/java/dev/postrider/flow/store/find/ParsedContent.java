package dev.postrider.flow.store.find;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.mime.Disposition;
import dev.postrider.mime.MessagePart;
import dev.postrider.mime.TransferEncoding;
import java.util.List;
import java.util.Optional;

/**
 * What a message says, and where its files stand in it.
 *
 * @param text its beginning, where it is long
 * @param html likewise
 */
public record ParsedContent(
        Optional<String> text, Optional<String> html, List<MessagePart> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a message that is no longer kept. */
    static final ParsedContent NOTHING =
            new ParsedContent(Optional.empty(), Optional.empty(), List.of());

    public ParsedContent {
        files = List.copyOf(files);
    }

    String filesJson() {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var file : files) {
            array.addObject()
                    .put("offset", file.offset())
                    .put("length", file.length())
                    .put("encoding", file.encoding().token())
                    .put("size", file.size())
                    .put("content_type", file.contentType())
                    .put("filename", file.filename())
                    .put("content_id", file.contentId())
                    .put("inline", file.disposition() == Disposition.INLINE);
        }
        return array.toString();
    }

    static List<MessagePart> files(String json) {
        try {
            return JSON.readTree(json).valueStream().map(ParsedContent::file).toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds JSON", e);
        }
    }

    private static MessagePart file(JsonNode file) {
        return new MessagePart(
                file.path("offset").longValue(),
                file.path("length").longValue(),
                TransferEncoding.of(file.path("encoding").textValue()),
                file.path("size").longValue(),
                file.path("content_type").textValue(),
                file.path("filename").textValue(),
                file.path("content_id").textValue(),
                file.path("inline").booleanValue() ? Disposition.INLINE : Disposition.ATTACHMENT);
    }
}
