package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.mail.RawFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A file of a message. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Attachment(
        String id, String name, String type, String contentId, boolean inline, byte[] octets) {
    private static final String BOUNDARY = "=_fake_7d1f0c2a";

    /**
     * A fileAttachment.
     *
     * @throws IllegalArgumentException when its contents are no base64
     */
    static Attachment of(String id, JsonNode file) {
        return new Attachment(
                id,
                file.path("name").asText(),
                file.path("contentType").asText("application/octet-stream"),
                file.path("contentId").asText(""),
                file.path("isInline").asBoolean(false),
                Base64.getDecoder().decode(file.path("contentBytes").asText("")));
    }

    ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("name", name)
                .put("contentType", type)
                .put("size", octets.length)
                .put("isInline", inline);
    }

    /** A message with its files, as Exchange hands it to transport. */
    static RawFields assembled(RawFields fields, List<Attachment> files) {
        if (files.isEmpty()) {
            return fields;
        }
        var message = new ByteArrayOutputStream();
        RawFields head =
                fields.with("Content-Type", "multipart/mixed; boundary=\"" + BOUNDARY + "\"")
                        .without("Content-Transfer-Encoding");
        byte[] whole = head.octets();
        message.write(whole, 0, whole.length - head.body().length);
        text(
                message,
                "--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        .formatted(BOUNDARY, fields.get("Content-Type").orElse("text/plain")));
        message.writeBytes(fields.body());
        files.forEach(file -> file.write(message));
        text(message, "\r\n--" + BOUNDARY + "--\r\n");
        return RawFields.parse(message.toByteArray());
    }

    private void write(ByteArrayOutputStream message) {
        text(
                message,
                "\r\n--%s\r\nContent-Type: %s\r\nContent-Disposition: %s; filename=\"%s\"\r\n%s"
                        .formatted(
                                BOUNDARY,
                                type,
                                inline ? "inline" : "attachment",
                                name,
                                contentId.isEmpty() ? "" : "Content-ID: <" + contentId + ">\r\n"));
        text(message, "Content-Transfer-Encoding: base64\r\n\r\n");
        message.writeBytes(Base64.getMimeEncoder().encode(octets));
    }

    private static void text(ByteArrayOutputStream message, String text) {
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
