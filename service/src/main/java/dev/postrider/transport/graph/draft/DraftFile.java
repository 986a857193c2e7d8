package dev.postrider.transport.graph.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.mime.header.Disposition;
import dev.postrider.mime.read.MessagePart;
import java.nio.charset.StandardCharsets;

/** A file of a message, as Graph is told of it. */
record DraftFile(MessagePart part) {
    /** It must have a name. */
    private static final String NAMELESS = "attachment";

    private static final String CONTENTS = "\"contentBytes\":\"";

    String name() {
        return part.filename().isEmpty() ? NAMELESS : part.filename();
    }

    /** Shown in the text: an upload can't say by which id. */
    boolean isShown() {
        return part.disposition() == Disposition.INLINE && !part.contentId().isEmpty();
    }

    private ObjectNode described() {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", name())
                        .put("contentType", part.contentType())
                        .put("isInline", isShown());
        if (!part.contentId().isEmpty()) {
            json.put("contentId", part.contentId());
        }
        return json;
    }

    /** With its contents, in base64. */
    void addTo(JsonWithFiles json) {
        json.text(before()).file(part).text("\"}");
    }

    private String before() {
        var text = described().put("@odata.type", "#microsoft.graph.fileAttachment").toString();
        return text.substring(0, text.length() - 1) + "," + CONTENTS;
    }

    /** Of the whole that {@link #addTo} adds, in octets. */
    long length() {
        return before().getBytes(StandardCharsets.UTF_8).length
                + JsonWithFiles.base64(part.size())
                + 2;
    }

    /** What an upload is asked for with. */
    String uploadRequest() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("AttachmentItem")
                .put("attachmentType", "file")
                .put("name", name())
                .put("contentType", part.contentType())
                .put("size", part.size())
                .put("isInline", false);
        return json.toString();
    }
}
