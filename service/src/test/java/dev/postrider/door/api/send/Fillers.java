package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Sound values of any length for the fields of an email.
 *
 * @param web where any path is a file, with a slash at its end
 */
record Fillers(String web) {
    private static final Set<String> CONTENT = Set.of("attachments[0].content", "raw");

    /** Limited by the size of the message alone. */
    static boolean isContent(String field) {
        return CONTENT.contains(field);
    }

    /** Comes instead of another field. */
    static boolean standsAlone(String field) {
        return field.equals("attachments[0].path");
    }

    String text(String field, int length) {
        return switch (field.replaceFirst("\\[0]$", "")) {
            case "from" -> padded("described@example.org", length);
            case "to", "cc", "bcc", "reply_to" -> padded("g@example.org", length);
            case "message_id" -> "<" + "x".repeat(length - 14) + "@example.org>";
            case "in_reply_to", "references" -> padded("<a@b>", length);
            case "headers[X-Own]" ->
                    "word ab ".repeat(length / 8 + 1).substring(0, length - 1) + "x";
            case "attachments[0].path" -> web + "x".repeat(length - web.length());
            case "attachments[0].content_type" -> "text/" + "x".repeat(length - 5);
            case "invitation.ics" ->
                    ics("X".repeat(length - ics("", "REQUEST").length()), "REQUEST");
            case "unsubscribe.urls" -> "https://e.org/" + "x".repeat(length - 14);
            case String _ -> "x".repeat(length);
        };
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }

    static String ics(String padding, String method) {
        return "BEGIN:VCALENDAR\r\nMETHOD:" + method + "\r\n" + padding + "\r\nEND:VCALENDAR\r\n";
    }

    /** One of many: addresses and names may not be there twice. */
    static JsonNode item(String field, JsonNode example, int number) {
        return switch (field) {
            case "tags" -> ((ObjectNode) example.deepCopy()).put("name", "n" + number);
            case "attachments" -> ((ObjectNode) example.deepCopy()).put("content_id", "c" + number);
            case "to", "cc", "bcc", "reply_to" ->
                    example.isTextual() ? text("a" + number + "@example.org") : example;
            case String _ -> example;
        };
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    /** What must agree with a field that was changed. */
    static void settle(ObjectNode changed, String at) {
        if (at.equals("/invitation/method")) {
            var invitation = (ObjectNode) changed.path("invitation");
            invitation.put("ics", ics("", invitation.path("method").asText()));
        }
        if (at.equals("/attachments/0/path")) {
            ((ObjectNode) changed.at("/attachments/0")).remove("content");
        }
    }
}
